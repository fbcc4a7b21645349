//! Figures with their goals, as a table and as JSON.

use std::io::{self, Write};

use serde_json::{Value, json};

/// Better above or better below.
#[derive(Debug, Clone, Copy)]
pub enum Goal {
    AtLeast(f64),
    AtMost(f64),
    /// Told for the record.
    None,
}

#[derive(Debug)]
struct Figure {
    products: u64,
    name: String,
    value: f64,
    unit: &'static str,
    goal: Goal,
    load: f64,
}

#[derive(Debug, Default)]
pub struct Figures {
    figures: Vec<Figure>,
    skipped: Vec<(u64, String)>,
}

impl Figures {
    pub fn add(&mut self, products: u64, name: &str, (value, unit): (f64, &'static str), goal: Goal, load: f64) {
        let name = name.to_owned();
        self.figures.push(Figure { products, name, value, unit, goal, load });
        if let Some(last) = self.figures.last() {
            // Seen at once, since a whole run takes minutes; the table comes at the end.
            let _ = writeln!(io::stderr(), "{}", last.line());
        }
    }

    pub fn skip(&mut self, products: u64, what: &str) {
        let _ = writeln!(io::stderr(), "{products:>9}  skipped: {what}");
        self.skipped.push((products, what.to_owned()));
    }

    pub fn table(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "\n products  {:<52} {:>12}         goal             load", "measure", "")?;
        for figure in &self.figures {
            writeln!(out, "{}", figure.line())?;
        }
        for (products, what) in &self.skipped {
            writeln!(out, "{products:>9}  skipped: {what}")?;
        }
        let judged = self.figures.iter().filter_map(Figure::is_met);
        let missed = judged.clone().filter(|met| !met).count();
        writeln!(out, "{} goals met, {missed} missed", judged.count() - missed)
    }

    pub fn json(&self) -> Value {
        let figures = self.figures.iter().map(|figure| {
            let goal = match figure.goal {
                Goal::AtLeast(least) => json!({"at_least": least}),
                Goal::AtMost(most) => json!({"at_most": most}),
                Goal::None => Value::Null,
            };
            json!({
                "products": figure.products, "name": figure.name, "value": figure.value, "unit": figure.unit,
                "goal": goal, "met": figure.is_met(), "load": figure.load,
            })
        });
        let skipped = self.skipped.iter().map(|(products, what)| json!({"products": products, "what": what}));
        json!({"figures": figures.collect::<Vec<_>>(), "skipped": skipped.collect::<Vec<_>>()})
    }
}

impl Figure {
    fn is_met(&self) -> Option<bool> {
        match self.goal {
            Goal::AtLeast(least) => Some(self.value >= least),
            Goal::AtMost(most) => Some(self.value <= most),
            Goal::None => None,
        }
    }

    fn line(&self) -> String {
        let goal = match self.goal {
            Goal::AtLeast(least) => format!("≥ {}", short(least)),
            Goal::AtMost(most) => format!("≤ {}", short(most)),
            Goal::None => String::new(),
        };
        let mark = match self.is_met() {
            Some(true) => "met",
            Some(false) => "MISSED",
            None => "",
        };
        let Self { products, name, value, unit, load, .. } = self;
        format!("{products:>9}  {name:<52} {:>12} {unit:<7} {goal:<9} {mark:<6} {load:.1}", short(*value))
    }
}

/// Three significant digits are more than such figures are good for.
fn short(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        size if size >= 1.0 || size == 0.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}
