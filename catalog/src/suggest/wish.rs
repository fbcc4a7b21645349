//! What a visitor asks for, beside the words: price, values, stock.

use serde::{Deserialize, Serialize};

use super::vocabulary::{NamedValue, ValueKind};

/// One end of a price range, in minor units of the catalog's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bound {
    pub minor: i64,
    /// `moins de 50` leaves 50 out, `pas plus de 50` does not.
    pub included: bool,
}

/// Which prices fit. At least one end is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceWish {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<Bound>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<Bound>,
}

impl PriceWish {
    pub(super) fn between(low: i64, high: i64) -> Self {
        let bound = |minor| Some(Bound { minor, included: true });
        Self { min: bound(low), max: bound(high) }
    }

    /// A fifth less to a fifth more, rounded inwards.
    pub(super) fn around(minor: i64) -> Option<Self> {
        let share = |percent: i64| minor.checked_mul(percent).map(|product| product / 100);
        Some(Self::between(minor - share(20)?, share(120)?))
    }

    /// The lowest price that fits.
    #[must_use]
    pub fn lowest(&self) -> Option<i64> {
        self.min.map(|bound| if bound.included { bound.minor } else { bound.minor.saturating_add(1) })
    }

    /// The highest price that fits.
    #[must_use]
    pub fn highest(&self) -> Option<i64> {
        self.max.map(|bound| if bound.included { bound.minor } else { bound.minor.saturating_sub(1) })
    }

    #[must_use]
    pub fn fits(&self, minor: i64) -> bool {
        self.lowest().is_none_or(|lowest| lowest <= minor) && self.highest().is_none_or(|highest| minor <= highest)
    }

    /// A later word in the same message: its ends replace the earlier ones, and an
    /// earlier end that contradicts them goes.
    pub(super) fn refined(self, later: Self) -> Self {
        let both = Self { min: later.min.or(self.min), max: later.max.or(self.max) };
        match (both.lowest(), both.highest()) {
            (Some(lowest), Some(highest)) if lowest > highest => later,
            _ => both,
        }
    }

    /// A later message: where it names an end again, it replaces the wish whole.
    pub(super) fn replaced(self, later: Self) -> Self {
        let again = (self.min.is_some() && later.min.is_some()) || (self.max.is_some() && later.max.is_some());
        if again { later } else { self.refined(later) }
    }
}

/// Values of one kind that are wanted, any of them, or refused, all of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueWish {
    pub kind: ValueKind,
    pub any: Vec<NamedValue>,
    pub not: bool,
    /// The words as they were typed, in lower case.
    pub said: Vec<String>,
}

/// All that one message, or several, ask for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Constraints {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<PriceWish>,
    /// The words that the price was read from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub price_said: String,
    /// A price was named in another currency than the catalog's, by this ISO code. It
    /// is not converted and not applied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub foreign_currency: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<ValueWish>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_stock: bool,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub stock_said: String,
    /// Cheaper than what is on the page.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cheaper: bool,
    /// An earlier price no longer counts, nor what was said of these kinds, nor a wish for
    /// these values.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub price_freed: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub freed: Vec<ValueKind>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values_freed: Vec<NamedValue>,
}

/// One thing that was asked for, as it is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Constraint {
    Price {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<Bound>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<Bound>,
        said: String,
    },
    /// Any of the values; `not`: none of them.
    Value {
        any: Vec<NamedValue>,
        not: bool,
        said: String,
    },
    InStock {
        said: String,
    },
    /// Said, never converted, not applied.
    OtherCurrency {
        currency: String,
        said: String,
    },
}

impl Constraints {
    /// Nothing is asked for but words.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Each thing that is asked for.
    #[must_use]
    pub fn list(&self) -> Vec<Constraint> {
        let values = self.values.iter().map(ValueWish::constraint);
        let said = self.price_said.clone();
        let price = self.price.map(|price| Constraint::Price { min: price.min, max: price.max, said: said.clone() });
        let stock = self.in_stock.then(|| Constraint::InStock { said: self.stock_said.clone() });
        let other = self.foreign_currency.clone().map(|currency| Constraint::OtherCurrency { currency, said });
        values.chain(price).chain(stock).chain(other).collect()
    }

    /// This message's wishes after those of an earlier one: a wish of the same kind
    /// takes the earlier one's place, others are kept but those that were freed.
    #[must_use]
    pub fn after(mut self, mut earlier: Self) -> Self {
        if std::mem::take(&mut self.price_freed) {
            (earlier.price, earlier.foreign_currency) = (None, None);
            earlier.price_said.clear();
        }
        let freed = std::mem::take(&mut self.freed);
        let values_freed = std::mem::take(&mut self.values_freed);
        for wish in earlier.values.iter_mut().filter(|wish| !wish.not) {
            wish.any.retain(|value| !values_freed.contains(value));
        }
        earlier.values.retain(|wish| !wish.any.is_empty() && !freed.contains(&wish.kind));
        self.price_after(&mut earlier);
        let wanted = |wishes: &[ValueWish], kind: &ValueKind| wishes.iter().any(|wish| wish.kind == *kind && !wish.not);
        let refuses = |wish: &ValueWish| {
            let mut refused = self.values.iter().filter(|now| now.not && now.kind == wish.kind);
            refused.any(|now| wish.any.iter().all(|value| now.any.contains(value)))
        };
        let names = |wish: &ValueWish| {
            let mut named = self.values.iter().filter(|now| !now.not);
            named.any(|now| now.any.iter().any(|value| wish.any.contains(value)))
        };
        // What was refused stays refused, until it is asked for by name.
        let is_kept = |wish: &ValueWish| match wish.not {
            true => !names(wish),
            false => !wanted(&self.values, &wish.kind) && !refuses(wish),
        };
        let kept: Vec<ValueWish> = earlier.values.into_iter().filter(is_kept).collect();
        self.values.extend(kept);
        if !self.in_stock {
            self.in_stock = earlier.in_stock;
            self.stock_said = earlier.stock_said;
        }
        self
    }

    /// Without what was read from any of these words, as [`Constraint`] tells them.
    #[must_use]
    pub(super) fn without(mut self, unsaid: &[String]) -> Self {
        if unsaid.contains(&self.price_said) {
            (self.price, self.foreign_currency, self.cheaper) = (None, None, false);
            self.price_said.clear();
        }
        if unsaid.contains(&self.stock_said) {
            self.in_stock = false;
            self.stock_said.clear();
        }
        self.values.retain(|wish| !unsaid.contains(&wish.said.join(", ")));
        self
    }

    fn price_after(&mut self, earlier: &mut Self) {
        if self.foreign_currency.is_some() {
            // A price in other money replaces the earlier one, though it is not applied.
            return;
        }
        match (earlier.price, self.price) {
            (Some(before), Some(now)) => {
                let both = before.replaced(now);
                if both != now {
                    self.price_said = format!("{}, {}", earlier.price_said, self.price_said);
                }
                self.price = Some(both);
            }
            (_, Some(_)) => {}
            (before, None) => {
                self.price = before;
                self.price_said = std::mem::take(&mut earlier.price_said);
                self.foreign_currency = earlier.foreign_currency.take();
            }
        }
    }
}

impl ValueWish {
    pub(super) fn constraint(&self) -> Constraint {
        Constraint::Value { any: self.any.clone(), not: self.not, said: self.said.join(", ") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn below(minor: i64) -> PriceWish {
        PriceWish { min: None, max: Some(Bound { minor, included: false }) }
    }

    #[test]
    fn a_bound_that_is_left_out_does_not_fit() {
        assert!(below(5000).fits(4999));
        assert!(!below(5000).fits(5000));
        assert!(PriceWish::between(2000, 4000).fits(4000));
        assert_eq!(PriceWish::around(10_000), Some(PriceWish::between(8000, 12_000)));
        assert_eq!(PriceWish::around(i64::MAX), None);
    }

    #[test]
    fn a_wish_that_is_unsaid_goes_and_the_others_stay() {
        let asked = Constraints {
            price: Some(below(5000)),
            price_said: "moins de 50".to_owned(),
            in_stock: true,
            stock_said: "en stock".to_owned(),
            ..Constraints::default()
        };
        let without = |said: &str| asked.clone().without(&[said.to_owned()]);
        assert_eq!(asked.clone().without(&[]), asked);
        assert_eq!((without("moins de 50").price, without("moins de 50").in_stock), (None, true));
        assert_eq!((without("en stock").price, without("en stock").in_stock), (Some(below(5000)), false));
    }

    #[test]
    fn a_later_message_replaces_an_end_and_keeps_the_other() {
        let at_least = PriceWish { min: Some(Bound { minor: 2000, included: true }), max: None };
        assert_eq!(below(5000).replaced(below(8000)), below(8000));
        assert_eq!(PriceWish::between(2000, 4000).replaced(below(6000)), below(6000));
        assert_eq!(at_least.replaced(below(5000)).lowest(), Some(2000));
        assert_eq!(at_least.replaced(below(1000)), below(1000));
    }
}
