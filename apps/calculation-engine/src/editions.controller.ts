import { Controller } from '@nestjs/common';
import * as contracts from '#contracts';
import type { AnswerOf as Answer, QuestionOf as Question } from '#contracts';
import { Answers } from '#messaging';
import { AdoptFactorSetsService } from './adopt-factor-sets/adopt-factor-sets.service';
import { ListFlagsService } from './factor-sets/list-flags.service';
import { CompareSetsService } from './what-if/compare-sets.service';
import { WhatIfService } from './what-if/what-if.service';

/** What the engine answers about editions of factor sets: what would change, what stands out, and which of them a book takes. */
@Controller()
export class EditionsController {
  constructor(
    private readonly whatIfs: WhatIfService,
    private readonly comparisons: CompareSetsService,
    private readonly adoptions: AdoptFactorSetsService,
    private readonly flags: ListFlagsService,
  ) {}

  @Answers(contracts.whatIf)
  whatIf({ tenantId, book, ...wish }: Question<typeof contracts.whatIf>): Answer<typeof contracts.whatIf> {
    return this.whatIfs.ask(tenantId, book, wish);
  }

  @Answers(contracts.compareFactorSets)
  compare({ tenantId, ...question }: Question<typeof contracts.compareFactorSets>): Answer<typeof contracts.compareFactorSets> {
    return this.comparisons.compare(tenantId, question);
  }

  @Answers(contracts.listSetFlags)
  listFlags({ tenantId, setId, after, limit }: Question<typeof contracts.listSetFlags>): Answer<typeof contracts.listSetFlags> {
    return this.flags.list(tenantId, setId, after, limit);
  }

  @Answers(contracts.adoptFactorSets)
  adopt({
    tenantId,
    book,
    adopt,
    drop,
    ...signature
  }: Question<typeof contracts.adoptFactorSets>): Answer<typeof contracts.adoptFactorSets> {
    return this.adoptions.adopt(tenantId, book, { adopt, drop }, signature);
  }

  @Answers(contracts.stateAdoption)
  state({ tenantId, book, adoption, ...signature }: Question<typeof contracts.stateAdoption>): Answer<typeof contracts.stateAdoption> {
    return this.adoptions.state(tenantId, book, adoption, signature);
  }

  @Answers(contracts.readBookSets)
  sets({ tenantId, book }: Question<typeof contracts.readBookSets>): Answer<typeof contracts.readBookSets> {
    return this.adoptions.sets(tenantId, book);
  }

  @Answers(contracts.listAdoptions)
  list({ tenantId, book, after, limit }: Question<typeof contracts.listAdoptions>): Answer<typeof contracts.listAdoptions> {
    return this.adoptions.list(tenantId, book, after, limit);
  }
}
