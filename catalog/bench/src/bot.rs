//! The bot's figures beside their goals: a definition of 500 FAQs checked, indexed and asked.
//!
//! Questions are made up of syllables, the same in every run, with a few words that
//! come up everywhere, as in real ones. Times depend on the machine and on what else
//! it does: run it alone.

use std::error::Error;
use std::fmt::Write as _;
use std::hint::black_box;
use std::io::Write;
use std::time::Instant;

use chrono::DateTime;
use comptoir::protocol::Timestamp;
use comptoir::rules::bot::faq::FaqIndex;
use comptoir::rules::bot::{Checked, Facts, Input, State, step};

const FAQS: usize = 500;
const QUESTIONS_EACH: usize = 5;
const WORDS_EACH: usize = 8;
/// Words that questions choose among, and how many of them every fourth word is.
const WORDS: usize = 3_000;
const SMALL_WORDS: usize = 30;
/// How often what is done once a publish is done here, and how many texts are asked.
const BUILDS: usize = 20;
const TEXTS: usize = 5_000;
const LONG_TEXT_BYTES: usize = 64 * 1024;

const CHECK_MS_MAX: f64 = 50.0;
const TURN_MS_MAX: f64 = 5.0;

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    let mut dice = Dice(7);
    let words: Vec<String> = (0..WORDS).map(|_| dice.word()).collect();
    let questions: Vec<Vec<String>> =
        (0..FAQS).map(|_| (0..QUESTIONS_EACH).map(|_| dice.question(&words)).collect()).collect();
    // Asked as visitors do: some words of an example, some others, every fifth word with a slip.
    let texts: Vec<String> = (0..TEXTS).map(|_| dice.asked(&questions, &words)).collect();
    writeln!(out, "{FAQS} FAQs of {QUESTIONS_EACH} questions; {TEXTS} texts; milliseconds\n")?;

    let toml = definition(&questions)?;
    let checked = times(BUILDS, || black_box(Checked::of(black_box(&toml), &[])));
    tell(&mut out, "a definition checked", &checked, Some(CHECK_MS_MAX))?;
    let built = times(BUILDS, || black_box(FaqIndex::new("fr", black_box(&questions))));
    tell(&mut out, "an index built", &built, Some(CHECK_MS_MAX))?;

    let index = FaqIndex::new("fr", &questions);
    let mut asked = texts.iter();
    let found = times(TEXTS, || asked.next().map(|text| black_box(index.find(text, 3))));
    tell(&mut out, "a text matched", &found, Some(TURN_MS_MAX))?;
    let long = texts.join(" ").repeat(4);
    let long: String = long.chars().take(LONG_TEXT_BYTES).collect();
    let found = times(200, || black_box(index.find(black_box(&long), 3)));
    tell(&mut out, "a text of 64 KB matched", &found, Some(TURN_MS_MAX))?;

    let report = Checked::of(&toml, &[]);
    let Some(bot) = report.compile(1) else {
        let first = report.report().problems.first().map(|problem| format!("{}: {}", problem.line, problem.message));
        return Err(format!("the definition is refused: {}", first.unwrap_or_default()).into());
    };
    let facts = Facts {
        now: Timestamp::from(DateTime::from_timestamp(1_800_000_000, 0).unwrap_or_default()),
        agents_online: 1,
        agents_free: 1,
        place: 1,
        lang: "fr".to_owned(),
        values: std::collections::BTreeMap::new(),
    };
    let (mut state, _) = step(&bot, &facts, State::new(), Input::Start);
    let mut asked = texts.iter();
    let turns = times(TEXTS, || {
        let text = asked.next().cloned().unwrap_or_default();
        let (next, outputs) = step(&bot, &facts, std::mem::replace(&mut state, State::new()), Input::Text(text));
        state = next;
        outputs
    });
    tell(&mut out, "a turn of the bot", &turns, Some(TURN_MS_MAX))?;
    Ok(())
}

/// Milliseconds of each, the shortest first.
fn times<T>(count: usize, mut work: impl FnMut() -> T) -> Vec<f64> {
    let mut times: Vec<f64> = (0..count)
        .map(|_| {
            let start = Instant::now();
            let done = work();
            let time = start.elapsed().as_secs_f64() * 1_000.0;
            drop(done);
            time
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times
}

fn tell(out: &mut impl Write, name: &str, times: &[f64], p99_max: Option<f64>) -> std::io::Result<()> {
    let at = |share: f64| times.get((times.len() as f64 * share) as usize).copied().unwrap_or_default();
    let p99 = at(0.99);
    let verdict = match p99_max {
        Some(most) if p99 <= most => format!("<= {most} met"),
        Some(most) => format!("<= {most} MISSED"),
        None => String::new(),
    };
    writeln!(out, "{name:<28} median {:>8.3}   p99 {p99:>8.3}  {verdict}", at(0.5))
}

fn definition(questions: &[Vec<String>]) -> Result<String, std::fmt::Error> {
    let mut toml = String::from(
        "format = 1\n[bot]\nname = \"Mesure\"\nlanguages = [\"fr\"]\ntimezone = \"Europe/Paris\"\n\
         [start]\ngoto = \"accueil\"\n[steps.accueil]\nsay = \"Bonjour.\"\n\
         buttons = [{ label = \"Une personne\", goto = \"@handoff\" }]\n\
         [fields]\nemail = { type = \"email\", ask = \"Votre adresse ?\" }\n\
         [leave_message]\nsay = \"Votre message ?\"\ncollect = [\"email\"]\ndone = \"Merci.\"\n",
    );
    for (number, questions) in questions.iter().enumerate() {
        writeln!(toml, "[[faq]]\nid = \"faq_{number}\"\nlabel = \"Question {number}\"\nquestions = {questions:?}")?;
        writeln!(toml, "answer = \"Voici la réponse.\"")?;
    }
    Ok(toml)
}

/// SplitMix64: the same throws in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % sides.max(1) as u64) as usize
    }

    fn one_of<'a>(&mut self, of: &'a [String]) -> &'a str {
        of.get(self.below(of.len())).map_or("", String::as_str)
    }

    fn word(&mut self) -> String {
        const SYLLABLES: [&str; 24] = [
            "ra", "li", "mo", "ne", "tu", "cha", "vel", "por", "tin", "gra", "bou", "ser", "ci", "dan", "fé", "lou",
            "mar", "quel", "ron", "sau", "tre", "vi", "ten", "ble",
        ];
        let length = 2 + self.below(3);
        (0..length).map(|_| SYLLABLES.get(self.below(SYLLABLES.len())).copied().unwrap_or_default()).collect()
    }

    fn question(&mut self, words: &[String]) -> String {
        let small = words.get(..SMALL_WORDS).unwrap_or(words);
        let chosen: Vec<&str> =
            (0..WORDS_EACH).map(|at| self.one_of(if at % 4 == 0 { small } else { words })).collect();
        chosen.join(" ")
    }

    fn asked(&mut self, questions: &[Vec<String>], words: &[String]) -> String {
        let question = questions.get(self.below(questions.len())).map_or(&[][..], Vec::as_slice);
        let question = self.one_of(question);
        let mut asked = Vec::new();
        for word in question.split(' ') {
            match self.below(5) {
                0 => asked.push(self.one_of(words).to_owned()),
                1 => asked.push(word.chars().skip(1).collect()),
                _ => asked.push(word.to_owned()),
            }
        }
        asked.join(" ")
    }
}
