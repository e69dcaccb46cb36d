/** What one can do about it: mend the settings, mend the data, try the connection again, ask the broker, report a bug. */
export type ErrorCode = 'CONFIG' | 'DATA' | 'CONNECTION' | 'BROKER' | 'BUG';

/** The one error of tradekit. `message` says what happened, with the value in quotes; `hint` says the next thing to try. */
export class TradekitError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { readonly hint?: string; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'TradekitError';
    this.code = code;
    this.hint = options.hint;
  }
}
