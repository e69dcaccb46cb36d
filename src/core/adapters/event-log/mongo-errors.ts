import {
  MongoAPIError,
  MongoBulkWriteError,
  MongoError,
  MongoServerError,
  MongoTopologyClosedError,
  type WriteError,
} from 'mongodb';
import { TradekitError } from '../../domain/error.ts';

const DUPLICATE_KEY = 11000;
/** Who signs in is not known, or may not do this. */
const NOT_ALLOWED = new Set([13, 18, 8000]);
/** What no second try mends: a bad value, a failed validation, a bad name, a document too large. */
const FOR_GOOD = new Set([2, 9, 14, 59, 73, 121, 10334, 17280]);

/** Whether all that went wrong is that events were there already: then they are in the log, as they should be. */
export function isOnlyDuplicates(error: unknown): boolean {
  return (
    error instanceof MongoBulkWriteError &&
    writeErrorsOf(error).length > 0 &&
    writeErrorsOf(error).every(({ code }) => code === DUPLICATE_KEY) &&
    error.result.getWriteConcernError() === undefined
  );
}

export function isDuplicate(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === DUPLICATE_KEY;
}

function writeErrorsOf({ writeErrors }: MongoBulkWriteError): readonly WriteError[] {
  const none: readonly WriteError[] = [];
  return none.concat(writeErrors);
}

/** A failure of the server as a sentence; `shown` is its URL without whoever signs in. Our own errors pass. */
export function mongoError(shown: string, error: unknown): unknown {
  if (error instanceof TradekitError || !(error instanceof MongoError)) return error;
  const { code, reason } = failureOf(error);
  if ((code !== undefined && NOT_ALLOWED.has(code)) || /authentication failed/i.test(reason)) {
    return new TradekitError('CONFIG', `The event log at ${shown} does not let us in: ${reason}.`, {
      hint: 'Check user, password and authSource in the URL, and what that user may do.',
    });
  }
  if (error instanceof MongoAPIError && !(error instanceof MongoTopologyClosedError)) {
    return new TradekitError('BUG', `The event log at ${shown} was used wrongly: ${reason}.`, {
      cause: error,
    });
  }
  if (code !== undefined && FOR_GOOD.has(code)) {
    return new TradekitError('DATA', `The event log at ${shown} does not take this: ${reason}.`, {
      hint: 'Has the database rules or limits of its own?',
      cause: error,
    });
  }
  return new TradekitError('CONNECTION', `The event log at ${shown} cannot be reached: ${reason}.`, {
    hint: 'Is MongoDB running there?',
    cause: error,
  });
}

/** What the driver says of a URL that it cannot read. Not as a cause: that may quote the password. */
export function noUrl(shown: string, error: unknown): TradekitError {
  const reason = error instanceof Error ? sentence(error.message) : 'unknown';
  return new TradekitError('CONFIG', `"${shown}" is no URL of a MongoDB: ${reason}.`, {
    hint: 'It reads mongodb://HOST:27017/DATABASE; special characters of a password are percent-encoded.',
  });
}

/** Of many failures in a batch, the first that is not a duplicate. */
function failureOf(error: MongoError): { readonly code: number | undefined; readonly reason: string } {
  const within =
    error instanceof MongoBulkWriteError
      ? writeErrorsOf(error).find(({ code }) => code !== DUPLICATE_KEY)
      : undefined;
  if (within !== undefined) return { code: within.code, reason: sentence(within.errmsg ?? error.message) };
  return {
    code: typeof error.code === 'number' ? error.code : undefined,
    reason: sentence(error.message),
  };
}

/** One line without its full stop, and without what looks like a password in a URL. */
function sentence(message: string): string {
  const [line = ''] = message.split('\n');
  return line.replace(/\/\/\S*@/g, '//***@').replace(/\.$/, '');
}
