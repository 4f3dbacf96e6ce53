import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Clickhouse } from '#clickhouse';
import type { evaluateBaseYear as message } from '#contracts';
import type { GasRegister } from '#ghg';
import { inTenant } from '#postgres';
import { GAS_REGISTER } from '../shared/tokens';
import { shownReading } from '../shared/withheld';
import { evaluationOf, type EvaluationView } from './evaluation-of';

type Question = z.infer<typeof message.request>;

/** Compares the base year as it was last stated with what book and organisation say of it now. */
@Injectable()
export class EvaluateBaseYearService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clickhouse: Clickhouse,
    @Inject(GAS_REGISTER) private readonly gases: GasRegister,
  ) {}

  /** Refuses: as `evaluationOf`. */
  evaluate(question: Question): Promise<EvaluationView> {
    return inTenant(this.dataSource, question.tenantId, ({ client, manager }) =>
      shownReading((scaling) => evaluationOf({ clickhouse: this.clickhouse, client, gases: this.gases, scaling }, manager, question)),
    );
  }
}
