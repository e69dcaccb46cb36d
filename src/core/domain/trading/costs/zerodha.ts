import type { ChargeableFill, ChargeBook, CostModel, CostRates } from '../costs.ts';
import { mulDivRound } from '../money.ts';
import { BILLION, createOrderFees, createRunningCharge, ppb } from './booking.ts';
import {
  EXCHANGE_RATES,
  GST_BASE,
  GST_PCT,
  type GstBase,
  SEBI_PCT,
  STATE_STAMPS,
  STT_PCT,
  type StateStamp,
  UNIFORM_STAMP_FROM,
  UNIFORM_STAMP_PCT,
  ZERODHA_BROKERAGE_PCT,
  ZERODHA_MAX_RUPEES,
} from './india-rates.ts';
import { type CostOptions, named } from './options.ts';
import { type Schedule, valueOn } from './schedule.ts';

const PAISE_PER_RUPEE = 100;

/** All rates of one date, in parts per billion of the value they are reckoned on. */
type DayRates = {
  readonly brokerage: number;
  readonly stt: number;
  readonly exchange: number;
  readonly ipft: number;
  readonly sebi: number;
  readonly gst: number;
  readonly gstBase: GstBase;
  /** Undefined from 2020-07-01: the uniform duty of the buyer. */
  readonly stateStamp: StateStamp | undefined;
};

type Rounding = 'note' | 'calculator';

/**
 * Zerodha, intraday equity (MIS), with every charge of an Indian contract note; amounts in paise. `gst` is service tax
 * before 2017-07-01; `exchange` holds the investor protection fund's part.
 *
 * Tax on the day's average price (STT) and stamp duty are booked when the position is flat. A state's daily maximum of
 * stamp duty is applied per symbol, since a book sees one symbol. Shares kept overnight would be delivery, which is taxed
 * higher: not modelled.
 *
 * @throws {TradekitError} CONFIG for an unknown state
 */
export function createZerodha(options: CostOptions): CostModel {
  const { rounding = 'note', exchange = 'NSE' } = options;
  const state = stateNamed(options.state ?? 'Maharashtra');
  const stateStamp = named('state', state, STATE_STAMPS);
  const schedules: readonly (readonly [string, Schedule<unknown>])[] = [
    ['brokerage', ZERODHA_BROKERAGE_PCT],
    ['exchange charge', EXCHANGE_RATES[exchange]],
    ['SEBI fee', SEBI_PCT],
    ['service tax', GST_PCT],
  ];

  function ratesOn(date: string): DayRates {
    const { chargePct, ipftPct } = valueOn(EXCHANGE_RATES[exchange], date).value;
    return {
      brokerage: ppb(valueOn(ZERODHA_BROKERAGE_PCT, date).value),
      stt: ppb(valueOn(STT_PCT, date).value),
      exchange: ppb(chargePct),
      ipft: ppb(ipftPct),
      sebi: ppb(valueOn(SEBI_PCT, date).value),
      gst: ppb(valueOn(GST_PCT, date).value),
      gstBase: valueOn(GST_BASE, date).value,
      stateStamp: date < UNIFORM_STAMP_FROM ? stateStamp : undefined,
    };
  }

  return {
    name: 'zerodha',
    summary: `Zerodha intraday equity on ${exchange}, stamp duty of ${state} before ${UNIFORM_STAMP_FROM}, rounded as on the ${rounding === 'note' ? 'contract note' : 'web calculator'}`,
    items: ['brokerage', 'stt', 'exchange', 'sebi', 'gst', 'stampDuty'],
    rates: (date) => sizingRates(ratesOn(date)),
    openBook: (date) => createZerodhaBook(ratesOn(date), rounding),
    outsideSchedule(date) {
      const missing = schedules.filter(([, schedule]) => !valueOn(schedule, date).covered);
      if (missing.length === 0) return undefined;
      const names = missing.map(([name]) => name).join(', ');
      return `No Zerodha rates are known for ${date} (${names}): the nearest known ones are used.`;
    },
  };
}

function sizingRates(rates: DayRates): CostRates {
  const sebiTaxed = rates.gstBase.sebi ? rates.sebi : 0;
  const ipftTaxed = rates.gstBase.ipft ? rates.ipft : 0;
  const tax = ((rates.brokerage + rates.exchange + ipftTaxed + sebiTaxed) * rates.gst) / BILLION;
  const bothSides = rates.brokerage + rates.exchange + rates.ipft + rates.sebi + tax;
  const stateStamp = rates.stateStamp === undefined ? undefined : ppb(rates.stateStamp.pct);
  const buyStamp = stateStamp ?? ppb(UNIFORM_STAMP_PCT);
  return {
    buyRatio: (bothSides + buyStamp) / BILLION,
    sellRatio: (bothSides + (stateStamp ?? 0) + rates.stt) / BILLION,
    perUnit: 0,
  };
}

/** Sums of one symbol's day: units and paise by side. */
type DaySums = { buyQty: number; buyValue: number; sellQty: number; sellValue: number };

function createZerodhaBook(rates: DayRates, rounding: Rounding): ChargeBook {
  const day: DaySums = { buyQty: 0, buyValue: 0, sellQty: 0, sellValue: 0 };
  const brokerage = createOrderFees((_qty, value) =>
    Math.min(share(value, rates.brokerage), ZERODHA_MAX_RUPEES * PAISE_PER_RUPEE),
  );
  const exchange = createRunningCharge();
  const sebi = createRunningCharge();
  const gst = createRunningCharge();
  const stt = createRunningCharge();
  const stampDuty = createRunningCharge();

  function gstDue(turnover: number): number {
    const exchangeTaxed = rates.gstBase.ipft ? exchange.total : share(turnover, rates.exchange);
    const sebiTaxed = rates.gstBase.sebi ? sebi.total : 0;
    return share(brokerage.total + exchangeTaxed + sebiTaxed, rates.gst);
  }

  return {
    fill(fill) {
      addTo(day, fill);
      const turnover = day.buyValue + day.sellValue;
      return {
        brokerage: brokerage.add(fill.orderId, fill.qty, fill.notional),
        exchange: exchange.raiseTo(share(turnover, rates.exchange + rates.ipft)),
        sebi: sebi.raiseTo(share(turnover, rates.sebi)),
        gst: gst.raiseTo(gstDue(turnover)),
      };
    },
    close: () => ({
      stt: stt.raiseTo(sttDue(day, rates, rounding)),
      stampDuty: stampDuty.raiseTo(stampDue(day, rates, rounding)),
    }),
  };
}

function addTo(day: DaySums, { side, qty, notional }: ChargeableFill): void {
  if (side === 'buy') {
    day.buyQty += qty;
    day.buyValue += notional;
  } else {
    day.sellQty += qty;
    day.sellValue += notional;
  }
}

/** On the average of all buys and sells to the paisa, times the quantity sold, to the rupee; calculators tax the sell value. */
function sttDue(day: DaySums, rates: DayRates, rounding: Rounding): number {
  if (rounding === 'calculator') return rupees(day.sellValue, rates.stt);
  if (day.sellQty === 0) return 0;
  const average = mulDivRound(day.buyValue + day.sellValue, 1, day.buyQty + day.sellQty);
  return rupees(average * day.sellQty, rates.stt);
}

function stampDue(day: DaySums, rates: DayRates, rounding: Rounding): number {
  if (rates.stateStamp === undefined) {
    const round = rounding === 'note' ? rupees : share;
    return round(day.buyValue, ppb(UNIFORM_STAMP_PCT));
  }
  const { pct, maxRupees } = rates.stateStamp;
  const due = share(day.buyValue + day.sellValue, ppb(pct));
  return maxRupees === undefined ? due : Math.min(due, maxRupees * PAISE_PER_RUPEE);
}

/** Parts per billion of a value in paise, half up to the paisa. */
function share(value: number, rate: number): number {
  return mulDivRound(value, rate, BILLION);
}

/** The same, half up to the rupee, in paise. */
function rupees(value: number, rate: number): number {
  return mulDivRound(value, rate, BILLION * PAISE_PER_RUPEE) * PAISE_PER_RUPEE;
}

/** As the schedule writes it, however it was written: `tamil nadu` → `Tamil Nadu`. */
function stateNamed(name: string): string {
  const wanted = name.trim().toLowerCase();
  return [...STATE_STAMPS.keys()].find((state) => state.toLowerCase() === wanted) ?? name;
}
