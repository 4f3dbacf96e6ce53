import { defineConfig } from 'prisma/config';

// Only `prisma generate` reads this, and it connects nowhere: the running gateway takes its URL from its own configuration, and migrations
// are db/'s, not Prisma's.
export default defineConfig({ schema: 'prisma/schema.prisma' });
