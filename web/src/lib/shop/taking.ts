import { m } from '$lib/paraglide/messages.js';

const states = {
  counted: m.stock_taking_waits,
  confirmed: m.stock_taking_confirmed,
  dropped: m.stock_taking_dropped,
};

export const takingState = (state: keyof typeof states): string => states[state]();
