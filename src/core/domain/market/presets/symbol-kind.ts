/** What a symbol's name tells. Names are compared in capitals, without what is neither letter nor digit. */

const NSE_INDICES = new Set(
  `NIFTY NIFTY50 NIFTY100 NIFTY200 NIFTY500 NIFTYNXT50 NIFTYNEXT50 NIFTYJR NIFTYMIDCAP50 NIFTYMIDCAP100
  MIDCPNIFTY NIFTYMIDSELECT BANKNIFTY NIFTYBANK FINNIFTY NIFTYFINSERVICE NIFTYIT NIFTYAUTO NIFTYFMCG NIFTYMETAL
  NIFTYPHARMA NIFTYREALTY NIFTYENERGY NIFTYMEDIA NIFTYPSUBANK CNXNIFTY CNXIT CNX100 CNX500 INDIAVIX
  SENSEX SENSEX50 BANKEX`.split(/\s+/),
);

const US_INDICES = new Set('SPX GSPC NDX IXIC DJI DJIA RUT VIX OEX'.split(' '));

const CURRENCIES = new Set(
  'AUD BRL CAD CHF CNH CZK DKK EUR GBP HKD HUF ILS INR JPY MXN NOK NZD PLN SEK SGD THB TRY USD XAG XAU ZAR'.split(
    ' ',
  ),
);

/** A whole name of an index; or, where the data has no volume, a name that begins with one (`NIFTY_1min_2015`). */
export function isNseIndex(symbol: string, hasVolume: boolean): boolean {
  return isIndex(NSE_INDICES, symbol, hasVolume);
}

export function isUsIndex(symbol: string, hasVolume: boolean): boolean {
  return isIndex(US_INDICES, symbol, hasVolume);
}

/** Two currencies, with or without a sign between them: EURUSD, EUR/USD, `usdjpy-m1-bid-2013`. */
export function isFxPair(symbol: string): boolean {
  const match = /^([A-Z]{3})[^A-Z0-9]?([A-Z]{3})(?![A-Z0-9])/.exec(symbol.toUpperCase());
  return CURRENCIES.has(match?.[1] ?? '') && CURRENCIES.has(match?.[2] ?? '');
}

function isIndex(names: ReadonlySet<string>, symbol: string, hasVolume: boolean): boolean {
  const words = symbol
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((word) => word !== '');
  if (names.has(words.join(''))) return true;
  return !hasVolume && names.has(words[0] ?? '');
}
