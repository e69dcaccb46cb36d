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
  const charge = {
    total: 0,
    raiseTo(total: number): number {
      const added = total - charge.total;
      charge.total = total;
      return added;
    },
  };
  return charge;
}

/** A broker's fee per order, whatever the number of its fills: the sum over orders, each rounded for itself. */
export interface OrderFees {
  readonly total: number;
  /** Adds a fill to its order and returns what the order's fee grows by. */
  add(orderId: string, qty: number, notional: number): number;
}

/** What one order has filled and paid so far. */
type OrderSums = { readonly id: string; qty: number; notional: number; fee: number };

export function createOrderFees(feeOf: (qty: number, notional: number) => number): OrderFees {
  // A symbol has a handful of orders a day and a fill belongs mostly to the last: a list beats a map here.
  const orders: OrderSums[] = [];

  function orderOf(id: string): OrderSums {
    const known = orders.findLast((order) => order.id === id);
    if (known !== undefined) return known;
    const created = { id, qty: 0, notional: 0, fee: 0 };
    orders.push(created);
    return created;
  }

  const fees = {
    total: 0,
    add(orderId: string, qty: number, notional: number): number {
      const order = orderOf(orderId);
      order.qty += qty;
      order.notional += notional;
      const fee = feeOf(order.qty, order.notional);
      const added = fee - order.fee;
      order.fee = fee;
      fees.total += added;
      return added;
    },
  };
  return fees;
}
