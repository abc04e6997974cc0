import { keyValue, type KeyValueInput, type KeyValueOutput, type Model } from '@assay/history';

/**
 * The articles as a history sees them: one value for each id, put by POST and PATCH, got by GET, deleted by DELETE, each by its author.
 * Articles never influence each other, so each id is a partition of its own.
 */
export const model: Model<unknown, KeyValueInput, KeyValueOutput> = keyValue;
