import { keyValue, type KeyValueInput, type KeyValueOutput, type Model } from '@assay/history';

/**
 * The todo list as a history sees it: one value for each id, put by POST and PUT, got by GET, deleted by DELETE. Todos never influence each other,
 * so each id is a partition of its own.
 */
export const model: Model<unknown, KeyValueInput, KeyValueOutput> = keyValue;
