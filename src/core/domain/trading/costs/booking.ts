/** One percent in parts per billion: rates are whole numbers of these, so that every charge is integer arithmetic. */
const PPB_PER_PERCENT = 10_000_000;
export const BILLION = 1_000_000_000;

/** 0.0030699 percent → 30699 parts per billion. */
export function ppb(pct: number): number {
  return Math.round(pct * PPB_PER_PERCENT);
}

/** One charge of one symbol and day: keeps the total booked so far and gives what a new total adds to it. */
export interface RunningCharge {
  readonly total: number;
  /** Minor units to book so that the sum of all bookings is `total`. */
  raiseTo(total: number): number;
}

export function createRunningCharge(): RunningCharge {
  let booked = 0;
  return {
    get total() {
      return booked;
    },
    raiseTo(total) {
      const added = total - booked;
      booked = total;
      return added;
    },
  };
}

/** A broker's fee per order, whatever the number of its fills: the sum over orders, each rounded for itself. */
export interface OrderFees {
  readonly total: number;
  /** Adds a fill to its order and returns what the order's fee grows by. */
  add(orderId: string, qty: number, notional: number): number;
}

export function createOrderFees(feeOf: (qty: number, notional: number) => number): OrderFees {
  const orders = new Map<string, { qty: number; notional: number; fee: RunningCharge }>();
  let total = 0;
  return {
    get total() {
      return total;
    },
    add(orderId, qty, notional) {
      const order = orders.get(orderId) ?? { qty: 0, notional: 0, fee: createRunningCharge() };
      orders.set(orderId, order);
      order.qty += qty;
      order.notional += notional;
      const added = order.fee.raiseTo(feeOf(order.qty, order.notional));
      total += added;
      return added;
    },
  };
}
