import {
  MongoAPIError,
  MongoBulkWriteError,
  MongoError,
  MongoInvalidArgumentError,
  MongoParseError,
  MongoServerError,
} from 'mongodb';
import { TradekitError } from '../../domain/error.ts';

const DUPLICATE_KEY = 11000;
/** Who signs in is not known, or may not do this. */
const NOT_ALLOWED = new Set([13, 18, 8000]);
/** What no second try mends: a bad value, a failed validation, a bad name, a document too large. */
const FOR_GOOD = new Set([2, 9, 14, 59, 73, 121, 10334, 17280]);

/** Whether all that went wrong is that events were there already: then they are in the log, as they should be. */
export function isOnlyDuplicates(error: unknown): boolean {
  if (!(error instanceof MongoBulkWriteError)) return false;
  const { writeErrors, result } = error;
  const failed = Array.isArray(writeErrors) ? writeErrors : [writeErrors];
  return (
    failed.length > 0 &&
    failed.every(({ code }) => code === DUPLICATE_KEY) &&
    result.getWriteConcernError() === undefined
  );
}

export function isDuplicate(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === DUPLICATE_KEY;
}

/** A failure of the server as a sentence; `shown` is its URL without whoever signs in. Our own errors pass. */
export function mongoError(shown: string, error: unknown): unknown {
  if (error instanceof TradekitError || !(error instanceof MongoError)) return error;
  const code = codeOf(error);
  if (isRefused(error, code)) {
    return new TradekitError('CONFIG', `The event log at ${shown} does not let us in: ${reasonOf(error)}.`, {
      hint: 'Check user, password and authSource in the URL, and what that user may do.',
    });
  }
  if (error instanceof MongoParseError || error instanceof MongoInvalidArgumentError) {
    return new TradekitError('CONFIG', `"${shown}" is no URL of a MongoDB: ${reasonOf(error)}.`, {
      hint: 'It reads mongodb://HOST:27017/DATABASE; special characters of a password are percent-encoded.',
    });
  }
  if (error instanceof MongoAPIError) {
    return new TradekitError('BUG', `The event log at ${shown} was used wrongly: ${reasonOf(error)}.`, {
      cause: error,
    });
  }
  if (code !== undefined && FOR_GOOD.has(code)) {
    return new TradekitError('DATA', `The event log at ${shown} does not take this: ${reasonOf(error)}.`, {
      hint: 'Has the database rules or limits of its own?',
      cause: error,
    });
  }
  return away(shown, reasonOf(error), error);
}

export function away(shown: string, reason: string, cause?: unknown): TradekitError {
  return new TradekitError('CONNECTION', `The event log at ${shown} cannot be reached: ${reason}.`, {
    hint: 'Is MongoDB running there?',
    cause,
  });
}

function isRefused(error: MongoError, code: number | undefined): boolean {
  return (code !== undefined && NOT_ALLOWED.has(code)) || /authentication failed/i.test(error.message);
}

function codeOf(error: MongoError): number | undefined {
  if (error instanceof MongoBulkWriteError) {
    const { writeErrors } = error;
    const failed = Array.isArray(writeErrors) ? writeErrors : [writeErrors];
    return failed.find(({ code }) => code !== DUPLICATE_KEY)?.code;
  }
  return typeof error.code === 'number' ? error.code : undefined;
}

/** One line without its full stop. Drivers quote no password; what looks like one in a URL goes all the same. */
function reasonOf({ message }: MongoError): string {
  const [line = ''] = message.split('\n');
  return line.replace(/\/\/\S*@/g, '//***@').replace(/\.$/, '');
}
