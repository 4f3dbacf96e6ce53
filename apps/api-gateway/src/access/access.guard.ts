import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { Refused } from '#contracts';
import { Database } from '../shared/database';
import { declarationOf, type BoundRequest } from '../shared/route';
import { apiKeyOf, keyHashOf } from './api-key';

/** Lets a request through as the tenant of its API key. A handler that says nothing about access is closed. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly database: Database) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (declarationOf(context.getHandler())?.access === 'public') return true;
    const request = context.switchToHttp().getRequest<BoundRequest>();
    const { tenantId, name } = await this.bearerOf(apiKeyOf(request.headers.authorization));
    Object.assign(request, { tenantId, keyName: name });
    return true;
  }

  /** Looked up on every request: a revoked key is refused from that moment on. */
  private async bearerOf(apiKey: string): Promise<{ tenantId: string; name: string }> {
    const keyHash = keyHashOf(apiKey);
    const known = await this.database.asBearer(keyHash, (transaction) =>
      transaction.apiKey.findFirst({ where: { keyHash, revokedAt: null }, select: { tenantId: true, name: true } }),
    );
    if (!known) throw new Refused('api_key_unknown');
    return known;
  }
}
