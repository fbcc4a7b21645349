/**
 * What a delivery costs and when it comes, and the tax within a price: the store's arithmetic, without a page.
 *
 * Amounts are whole euro cents. Prices include French VAT, which a small workshop also charges to buyers in
 * other countries of the Union.
 */
export const VAT_PERCENT = 20;
/** From this value of goods on, delivery within France is free. */
export const FREE_FROM_CENTS = 6_000;
/** Working days until a parcel has left, at least and at most. */
const LEAVES = [1, 2];

/** How a parcel travels: cents, working days on the way, and to which countries. */
export const WAYS = {
  home: { cents: 590, days: [2, 4], countries: ["FR"], freeFrom: FREE_FROM_CENTS },
  pickup: { cents: 390, days: [3, 5], countries: ["FR"], freeFrom: FREE_FROM_CENTS },
  near: { cents: 990, days: [4, 6], countries: ["BE", "LU"], freeFrom: Number.POSITIVE_INFINITY },
  union: {
    cents: 1_490,
    days: [5, 8],
    countries: ["AT", "DE", "ES", "IE", "IT", "NL", "PT"],
    freeFrom: Number.POSITIVE_INFINITY,
  },
};

/** How a language of the store writes days and amounts. */
export const localeOf = (language) => (language === "fr" ? "fr-FR" : "en-GB");

/** Postal codes as each country writes them. */
export const POSTCODES = {
  FR: /^\d{5}$/,
  BE: /^\d{4}$/,
  LU: /^(?:L-?)?\d{4}$/i,
  AT: /^\d{4}$/,
  DE: /^\d{5}$/,
  ES: /^\d{5}$/,
  IE: /^[A-Z]\d[\dW] ?[\dA-Z]{4}$/i,
  IT: /^\d{5}$/,
  NL: /^\d{4} ?[A-Z]{2}$/i,
  PT: /^\d{4}-?\d{3}$/,
};

/** To which a parcel is sent. */
export const COUNTRIES = Object.keys(POSTCODES);

export const waysTo = (country) => Object.keys(WAYS).filter((way) => WAYS[way].countries.includes(country));

/** The chosen way if it leads there, else the first that does. */
export const wayTo = (country, chosen) => {
  const ways = waysTo(country);
  return ways.includes(chosen) ? chosen : ways[0];
};

/** The sums of an order: goods, delivery, both together, and the VAT within. */
export function sumsOf(lines, way) {
  const goods = lines.reduce((cents, line) => cents + line.cents * line.quantity, 0);
  const { cents, freeFrom } = WAYS[way];
  const delivery = goods >= freeFrom ? 0 : cents;
  const total = goods + delivery;
  return { goods, delivery, total, vat: Math.round((total * VAT_PERCENT) / (100 + VAT_PERCENT)) };
}

/** First and last day on which a parcel comes, if it is ordered on a day and may not come before another. */
export function comes(way, today, notBefore) {
  const [least, most] = WAYS[way].days.map((days, place) => days + LEAVES[place]);
  let first = afterWorkingDays(today, least);
  if (notBefore > first) {
    const eve = new Date(notBefore);
    eve.setDate(eve.getDate() - 1);
    first = afterWorkingDays(eve, 1);
  }
  return [first, afterWorkingDays(first, most - least)];
}

function afterWorkingDays(day, count) {
  const date = new Date(day);
  for (let left = count; left > 0; ) {
    date.setDate(date.getDate() + 1);
    if (date.getDay() % 6 !== 0) left--;
  }
  return date;
}

/** Whether a card number's check digit is right, by Luhn's formula. */
export function isCardNumber(text) {
  const digits = text.replace(/[\s-]/g, "");
  if (!/^\d{13,19}$/.test(digits)) return false;
  const sum = [...digits].reverse().reduce((sum, digit, place) => {
    const doubled = Number(digit) * (place % 2 ? 2 : 1);
    return sum + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

/** Whether `MM/YY` is a month that has not passed. */
export function isExpiry(text, today) {
  const [, month, year] = /^(\d{2}) ?\/ ?(\d{2})$/.exec(text.trim()) ?? [];
  if (!month || Number(month) < 1 || Number(month) > 12) return false;
  return new Date(2000 + Number(year), Number(month), 1) > today;
}
