//! `comptoir catalog eval`: nDCG@10 of judged queries, by kind, and the worst of them.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::{Where, wrongly};
use crate::cli::{Failure, Terminal};
use crate::jobs::catalog::Search;

/// Places of an answer that count.
const PLACES: usize = 10;
/// Worst queries that are told.
const WORST: usize = 10;

const FORMAT: &str = "Tables are tab-separated:\n  queries  kind, query id, need id, text\n  \
    qrels    need id, product id, grade (2 exact, 1 partial; what is not listed is 0)\n\n\
    Gain 1, .5, 0 over log2(rank + 1); ideal from all judgments; an empty answer scores 0.\n\n\
    Example:\n  comptoir catalog eval --site demo --queries q.tsv --qrels r.tsv";

#[derive(Debug, Args)]
#[command(after_help = FORMAT)]
pub(super) struct Eval {
    #[command(flatten)]
    at: Where,
    #[arg(long, value_name = "FILE")]
    queries: PathBuf,
    #[arg(long, value_name = "FILE")]
    qrels: PathBuf,
    /// One JSON object instead of a table
    #[arg(long)]
    json: bool,
}

type Judgments = HashMap<String, f64>;

impl Eval {
    pub async fn carry_out(self, terminal: &mut Terminal) -> Result<(), Failure> {
        let judged = judgments(&self.qrels)?;
        let queries = rows::<4>(&self.queries)?;
        let searchable = self.at.searchable().await?;
        let mut kinds: BTreeMap<String, Vec<f64>> = BTreeMap::new();
        let mut worst: Vec<(f64, String)> = Vec::new();
        for [kind, _, need, text] in queries {
            let Some(judged) = judged.get(&need) else { continue };
            let search = Search { text: text.clone(), limit: PLACES, ..Search::default() };
            let found = searchable.catalog.find(&searchable.wanted, search, chrono::Utc::now().into()).await;
            let hits = found.map_err(Failure::new)?.map(|found| found.answer.hits).unwrap_or_default();
            let gains = hits.iter().map(|hit| judged.get(hit.product.as_str()).copied().unwrap_or_default());
            let score = ndcg(gains, judged);
            kinds.entry(kind).or_default().push(score);
            worst.push((score, text));
        }
        worst.sort_by(|one, other| one.0.total_cmp(&other.0));
        worst.truncate(WORST);
        self.tell(&kinds, &worst, terminal);
        Ok(())
    }

    fn tell(&self, kinds: &BTreeMap<String, Vec<f64>>, worst: &[(f64, String)], terminal: &mut Terminal) {
        let mean = |scores: &[f64]| scores.iter().sum::<f64>() / scores.len() as f64;
        if self.json {
            let kinds: BTreeMap<&str, _> = kinds
                .iter()
                .map(|(kind, scores)| (kind.as_str(), json!({"ndcg": mean(scores), "queries": scores.len()})))
                .collect();
            terminal.say(json!({"kinds": kinds, "worst": worst}));
            return;
        }
        for (kind, scores) in kinds {
            terminal.say(format_args!("{kind:<8} nDCG@10 {:.3}  ({} queries)", mean(scores), scores.len()));
        }
        terminal.say("worst:");
        for (score, text) in worst {
            terminal.say(format_args!("  {score:.3}  {text}"));
        }
    }
}

fn discounted(gains: impl Iterator<Item = f64>) -> f64 {
    gains.take(PLACES).zip(2_u32..).map(|(gain, rank)| gain / f64::from(rank).log2()).sum()
}

fn ndcg(gains: impl Iterator<Item = f64>, judged: &Judgments) -> f64 {
    let mut ideal: Vec<f64> = judged.values().copied().collect();
    ideal.sort_by(|one, other| other.total_cmp(one));
    let best = discounted(ideal.into_iter());
    if best > 0.0 { discounted(gains) / best } else { 0.0 }
}

fn judgments(path: &Path) -> Result<HashMap<String, Judgments>, Failure> {
    let mut judged: HashMap<String, Judgments> = HashMap::new();
    for [need, product, grade] in rows::<3>(path)? {
        let grade: f64 = grade
            .parse()
            .map_err(|_| wrongly(format!("`{}`: grade `{grade}` is no number; write 0, 1 or 2", path.display())))?;
        judged.entry(need).or_default().insert(product, grade / 2.0);
    }
    Ok(judged)
}

fn rows<const N: usize>(path: &Path) -> Result<Vec<[String; N]>, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| wrongly(format!("`{}` cannot be read: {error}", path.display())))?;
    let row = |(number, line): (usize, &str)| {
        let fields: Vec<String> = line.split('\t').map(str::to_owned).collect();
        fields.try_into().map_err(|fields: Vec<String>| {
            let found = fields.len();
            wrongly(format!("`{}` line {}: {found} columns, {N} are needed", path.display(), number + 1))
        })
    };
    text.lines().enumerate().filter(|(_, line)| !line.is_empty()).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_perfect_answer_scores_one_and_an_empty_one_nothing() {
        let judged: Judgments = [("A".to_owned(), 1.0), ("B".to_owned(), 0.5)].into();
        assert!((ndcg([1.0, 0.5].into_iter(), &judged) - 1.0).abs() < 1e-9);
        assert_eq!(ndcg([].into_iter(), &judged), 0.0);
        let swapped = ndcg([0.5, 1.0].into_iter(), &judged);
        assert!((0.8..1.0).contains(&swapped), "{swapped}");
    }
}
