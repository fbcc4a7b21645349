//! The parameters of a catalog search: words, filters, order.
//!
//! | parameter | meaning |
//! |-|-|
//! | `q`, `lang`, `limit` | words; the language whose catalog is asked first; hits, at most 50 |
//! | `mode` | `type_ahead` (the last word is a beginning) or `ranked` |
//! | `as_typed` | `true`: errors are not corrected |
//! | `sort` | `relevance`, `price_up`, `price_down`, `title`, `newest` |
//! | `counts` | `true`: how the products found spread |
//! | `in_stock` | `true`: only those on the shelf |
//! | `price_min`, `price_max` | what is paid now, in minor units, ends included |
//! | `category` | a path from the root, one parameter a level |
//! | `brand` | any of them, one parameter each |
//! | `attribute` | `name:value`; of one name any value will do |

use comptoir_catalog::index::{Filters, Mode, QUERY_BYTES_MAX, Sort};

use crate::jobs::catalog::Search;
use crate::protocol::{Refusal, RefusalCode};

/// Hits of a search when no limit is asked for, and at most.
const HITS: usize = 20;
const HITS_MAX: usize = 50;
/// Parameters of one search.
const PARAMETERS_MAX: usize = 100;
/// A parameter's value; words are cut sooner, by the index.
const VALUE_BYTES_MAX: usize = 16 * QUERY_BYTES_MAX;

/// What is asked, of the catalog in which language.
#[derive(Debug)]
pub(super) struct Asked {
    pub search: Search,
    pub lang: Option<String>,
}

/// Reads the parameters of a search.
///
/// # Errors
/// [`RefusalCode::InvalidValue`] names the parameter that cannot be read.
pub(super) fn read(parameters: Vec<(String, String)>) -> Result<Asked, Refusal> {
    if parameters.len() > PARAMETERS_MAX {
        return Err(invalid("Too many filters at once."));
    }
    let search = Search { mode: Mode::TypeAhead, limit: HITS, ..Search::default() };
    let mut asked = Asked { search, lang: None };
    for (name, value) in parameters {
        if value.len() > VALUE_BYTES_MAX {
            return Err(invalid(&format!("`{name}` is too long.")));
        }
        asked.take(&name, value)?;
    }
    Ok(asked)
}

impl Asked {
    fn take(&mut self, name: &str, value: String) -> Result<(), Refusal> {
        let Self { search, lang } = self;
        let filters = &mut search.filters;
        match name {
            "q" => search.text = value,
            "lang" => *lang = Some(value),
            "limit" => search.limit = number::<usize>(name, &value)?.min(HITS_MAX),
            "mode" => search.mode = mode(&value)?,
            "as_typed" => search.literal = flag(name, &value)?,
            "sort" => search.sort = sort(&value)?,
            "counts" => search.counts = flag(name, &value)?,
            "in_stock" => filters.in_stock = flag(name, &value)?,
            "price_min" => filters.price_min = Some(number(name, &value)?),
            "price_max" => filters.price_max = Some(number(name, &value)?),
            "category" => filters.category.push(value),
            "brand" => filters.brands.push(value),
            "attribute" => attribute(filters, &value)?,
            _ => return Err(invalid(&format!("`{name}` is no parameter of a search."))),
        }
        Ok(())
    }
}

fn mode(value: &str) -> Result<Mode, Refusal> {
    match value {
        "type_ahead" => Ok(Mode::TypeAhead),
        "ranked" => Ok(Mode::Ranked),
        _ => Err(invalid("`mode` is `type_ahead` or `ranked`.")),
    }
}

fn sort(value: &str) -> Result<Sort, Refusal> {
    match value {
        "relevance" => Ok(Sort::Relevance),
        "price_up" => Ok(Sort::PriceUp),
        "price_down" => Ok(Sort::PriceDown),
        "title" => Ok(Sort::Title),
        "newest" => Ok(Sort::Newest),
        _ => Err(invalid("`sort` is `relevance`, `price_up`, `price_down`, `title` or `newest`.")),
    }
}

fn flag(name: &str, value: &str) -> Result<bool, Refusal> {
    value.parse().map_err(|_| invalid(&format!("`{name}` is `true` or `false`.")))
}

fn number<N: std::str::FromStr>(name: &str, value: &str) -> Result<N, Refusal> {
    value.parse().map_err(|_| invalid(&format!("`{name}` is a whole number.")))
}

fn attribute(filters: &mut Filters, value: &str) -> Result<(), Refusal> {
    let (name, value) = value.split_once(':').ok_or_else(|| invalid("`attribute` is written `name:value`."))?;
    match filters.attributes.iter_mut().find(|(known, _)| known == name) {
        Some((_, values)) => values.push(value.to_owned()),
        None => filters.attributes.push((name.to_owned(), vec![value.to_owned()])),
    }
    Ok(())
}

fn invalid(message: &str) -> Refusal {
    Refusal::new(RefusalCode::InvalidValue).saying(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(query: &str) -> Result<Asked, Refusal> {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        read(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    #[test]
    fn a_search_is_read_from_its_parameters() {
        let Asked { search, lang } = asked(
            "q=mug&lang=fr&limit=500&mode=ranked&as_typed=true&sort=price_up&counts=true&in_stock=true&price_min=100\
             &price_max=2000&category=Kitchen&category=Mugs&brand=A&brand=B&attribute=Colour:Blue&attribute=Size:M\
             &attribute=Colour:a:b",
        )
        .unwrap();
        assert_eq!((search.text.as_str(), lang.as_deref(), search.limit), ("mug", Some("fr"), HITS_MAX));
        assert_eq!(
            (search.mode, search.sort, search.counts, search.literal),
            (Mode::Ranked, Sort::PriceUp, true, true)
        );
        let filters = search.filters;
        assert_eq!((filters.in_stock, filters.price_min, filters.price_max), (true, Some(100), Some(2_000)));
        assert_eq!((filters.category, filters.brands.len()), (vec!["Kitchen".to_owned(), "Mugs".to_owned()], 2));
        let colours = vec!["Blue".to_owned(), "a:b".to_owned()];
        assert_eq!(filters.attributes, [("Colour".to_owned(), colours), ("Size".to_owned(), vec!["M".to_owned()])]);
        let typed = asked("q=mug").unwrap().search;
        assert_eq!((typed.mode, typed.limit, typed.filters.is_empty()), (Mode::TypeAhead, HITS, true));
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        for query in
            ["mode=x", "sort=x", "limit=-1", "in_stock=1", "price_min=1.5", "attribute=blue", "color=blue", "counts="]
        {
            let name = query.split('=').next().unwrap_or_default();
            let refusal = asked(query).unwrap_err();
            assert!(refusal.message.contains(&format!("`{name}`")), "{query}: {refusal:?}");
        }
        assert!(asked(&"brand=a&".repeat(PARAMETERS_MAX + 1)).is_err());
    }
}
