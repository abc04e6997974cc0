import { keyValue, type KeyValueInput, type KeyValueOutput, type Model } from '@assay/history';

/**
 * The articles as a history sees them: the title and the status of each are values of their own, put by a PATCH that names that one, and got by GET.
 * Neither ever influences the other, so each is a partition of its own.
 */
export const model: Model<unknown, KeyValueInput, KeyValueOutput> = keyValue;
