import { createRandom, type Random } from '../random.ts';

/** One invented share: where its price starts, and the grid on which it trades. */
export type RandomShareOptions = {
  readonly seed: number;
  /** Which share of the seed it is: its ticks do not hang on what other shares do. */
  readonly stream: number;
  readonly startPrice: number;
  /** Smallest step of its price. */
  readonly tick: number;
  readonly decimals: number;
};

/** Share of the price by which a quiet minute moves (one standard deviation, about). */
const VOLATILITY = 0.0007;
/** Ticks a second in the middle of the day, when nothing happens. */
const TICKS_A_SECOND = 0.11;
/** How often, a minute, many begin to trade at once. */
const BURSTS_A_MINUTE = 0.014;
/** Share of its distance from the start price by which each tick draws the price back: half of it in some months. */
const PULL = 2e-6;
/** The largest jump between two sessions, up or down. */
const GAP = 0.01;

/**
 * An invented share that trades: a random walk with what makes a market look like one.
 *
 * Volatility comes in clusters (a minute that moved makes the next one move), open and close are busier than noon, trends
 * last for some minutes, and now and then a burst of a few minutes has many times the volume and goes one way. The price
 * is drawn gently back to where it started, so that it neither dies nor explodes in years. Only + - * / and whole numbers:
 * the same on every machine. A class, as it is asked every second of the market.
 */
export class RandomShare {
  /** Price of the last tick, on the grid. */
  price: number;
  /** Shares traded at the last tick. */
  size = 0;
  private readonly random: Random;
  private readonly startPrice: number;
  private readonly gridUnits: number;
  private readonly scale: number;
  /** The walk itself, off the grid. */
  private level: number;
  private minuteStart: number;
  private volatility = VOLATILITY;
  private trend = 0;
  private trendMinutes = 0;
  private burst = 1;
  private burstTrend = 0;
  private burstMinutes = 0;
  private chance = TICKS_A_SECOND;
  private readonly typicalSize: number;

  constructor({ seed, stream, startPrice, tick, decimals }: RandomShareOptions) {
    this.random = createRandom(seed, stream);
    this.scale = Number(`1e${decimals}`);
    this.gridUnits = Math.max(1, Math.round(tick * this.scale));
    this.startPrice = startPrice;
    this.level = startPrice;
    this.minuteStart = startPrice;
    this.price = startPrice;
    this.typicalSize = 1 + Math.floor(30_000 / startPrice);
  }

  /** A night passed: the next session opens elsewhere. */
  passNight(): void {
    this.level *= 1 + (2 * this.random.next() - 1) * GAP;
    this.minuteStart = this.level;
    this.burstMinutes = 0;
  }

  /** @param progress share of the session that has passed, 0 to 1 */
  startMinute(progress: number): void {
    const { random } = this;
    const moved = Math.abs(this.level / this.minuteStart - 1);
    this.minuteStart = this.level;
    this.volatility = 0.82 * this.volatility + 0.12 * moved + 0.08 * VOLATILITY * (0.5 + random.next());
    this.chooseTrend();
    this.chooseBurst();
    const fromNoon = 2 * progress - 1;
    const busy = 0.7 + 1.6 * fromNoon * fromNoon;
    this.chance = TICKS_A_SECOND * busy * this.burst * (0.6 + 0.8 * random.next());
  }

  /** Whether it traded in this second; price and size are then those of the trade. */
  passSecond(): boolean {
    const { random } = this;
    if (random.next() >= this.chance) return false;
    const bell = random.next() + random.next() + random.next() + random.next() - 2;
    const pull = PULL * (1 - this.level / this.startPrice);
    const move = 0.55 * this.volatility * bell + 0.1 * (this.trend + this.burstTrend) + pull;
    this.level *= 1 + move;
    const units = Math.round((this.level * this.scale) / this.gridUnits + random.next() - 0.5);
    this.price = (Math.max(1, units) * this.gridUnits) / this.scale;
    const luck = random.next();
    this.size = 1 + Math.floor(this.typicalSize * luck * luck * 4 * (0.5 + 0.5 * this.burst));
    return true;
  }

  /** Millisecond of the second at which it traded. */
  get millisecond(): number {
    return Math.floor(this.random.next() * 1000);
  }

  private chooseTrend(): void {
    const { random } = this;
    this.trendMinutes -= 1;
    if (this.trendMinutes > 0) return;
    this.trendMinutes = 8 + Math.floor(random.next() * 50);
    this.trend = (random.next() + random.next() - 1) * 0.5 * VOLATILITY;
  }

  private chooseBurst(): void {
    const { random } = this;
    this.burstMinutes -= 1;
    if (this.burstMinutes > 0) return;
    this.burst = 1;
    this.burstTrend = 0;
    if (random.next() >= BURSTS_A_MINUTE) return;
    this.burstMinutes = 1 + Math.floor(random.next() * 4);
    this.burst = 2.5 + 3 * random.next();
    this.burstTrend = (random.next() < 0.5 ? -1 : 1) * VOLATILITY * (0.3 + 0.7 * random.next());
  }
}
