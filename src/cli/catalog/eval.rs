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
/// Products told of each of them.
const FOUND_TOLD: usize = 3;

const FORMAT: &str = "Tables are tab-separated:\n  queries  kind, query id, need id, text\n  \
    qrels    need id, product id, grade (2 exact, 1 partial; what is not listed is 0)\n\n\
    Gain 1, .5, 0 over log2(rank + 1); ideal from all judgments; an empty answer scores 0.\n\n\
    Example:\n  comptoir catalog eval --site demo --queries q.tsv --qrels r.tsv";

#[derive(Debug, Args)]
#[command(after_help = FORMAT)]
pub(super) struct Eval {
    #[command(flatten)]
    at: Where,
    /// What is asked, one query a line
    #[arg(long, value_name = "FILE")]
    queries: PathBuf,
    /// Which products answer it, and how well
    #[arg(long, value_name = "FILE")]
    qrels: PathBuf,
    /// One JSON object instead of a table
    #[arg(long)]
    json: bool,
}

type Judgments = HashMap<String, f64>;

/// A query that was asked, with what it was worth.
struct Asked {
    kind: String,
    text: String,
    score: f64,
    /// The first ids of the answer, to see what stood in the way.
    found: Vec<String>,
}

impl Eval {
    pub async fn carry_out(self, terminal: &mut Terminal) -> Result<(), Failure> {
        let judged = judgments(&self.qrels)?;
        let queries = rows::<4>(&self.queries)?;
        let searchable = self.at.searchable().await?;
        let mut asked = Vec::new();
        let mut unjudged = 0;
        for [kind, _, need, text] in queries {
            let Some(judged) = judged.get(&need) else {
                unjudged += 1;
                continue;
            };
            let search = Search { text: text.clone(), limit: PLACES, ..Search::default() };
            let found = searchable.catalog.find(&searchable.wanted, search, chrono::Utc::now().into()).await;
            let hits = found.map_err(Failure::new)?.map(|found| found.answer.hits).unwrap_or_default();
            let gains = hits.iter().map(|hit| judged.get(hit.product.as_str()).copied().unwrap_or_default());
            let score = ndcg(gains, judged);
            let found = hits.iter().take(FOUND_TOLD).map(|hit| hit.product.as_str().to_owned()).collect();
            asked.push(Asked { kind, text, score, found });
        }
        if asked.is_empty() {
            return Err(wrongly("no query has a judgment; the third column of both tables must name the same needs"));
        }
        if unjudged > 0 {
            terminal.complain(format_args!("left out for want of a judgment: {unjudged} queries"));
        }
        self.tell(asked, terminal);
        Ok(())
    }

    fn tell(&self, mut asked: Vec<Asked>, terminal: &mut Terminal) {
        let mut kinds: BTreeMap<String, Vec<f64>> = BTreeMap::new();
        for query in &asked {
            kinds.entry(query.kind.clone()).or_default().push(query.score);
        }
        let kinds: BTreeMap<String, (f64, usize)> =
            kinds.into_iter().map(|(kind, scores)| (kind, (mean(&scores), scores.len()))).collect();
        asked.sort_by(|one, other| one.score.total_cmp(&other.score));
        asked.truncate(WORST);
        if self.json {
            let kinds: BTreeMap<&str, _> = kinds
                .iter()
                .map(|(kind, (ndcg, queries))| (kind.as_str(), json!({"ndcg": ndcg, "queries": queries})))
                .collect();
            let worst = asked.iter().map(|query| {
                let Asked { kind, text, score, found } = query;
                json!({"kind": kind, "query": text, "ndcg": score, "found": found})
            });
            terminal.say(json!({"kinds": kinds, "worst": worst.collect::<Vec<_>>()}));
            return;
        }
        let plain = kinds.get("plain").map(|(ndcg, _)| *ndcg).filter(|ndcg| *ndcg > 0.0);
        for (kind, (ndcg, queries)) in &kinds {
            let share = plain.filter(|_| kind != "plain").map(|plain| format!(", {:.3} of plain", ndcg / plain));
            let share = share.unwrap_or_default();
            terminal.say(format_args!("{kind:<12} nDCG@10 {ndcg:.3}  ({queries} queries{share})"));
        }
        terminal.say("worst, with what came first:");
        for Asked { kind, text, score, found } in &asked {
            terminal.say(format_args!("  {score:.3}  {kind:<12} {text}  [{}]", found.join(" ")));
        }
    }
}

fn mean(scores: &[f64]) -> f64 {
    scores.iter().sum::<f64>() / scores.len() as f64
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
