//! A feed's settings between the wire, the database and the readers. Pure.

use comptoir_catalog::feed::{self, Field, Mapping, Settings, ValueMap};
use comptoir_catalog::model::{Currency, TaxRate};
use comptoir_catalog::words::Lang;
use url::Url;

use crate::protocol::feed::{ColumnMapping, DecimalMark, FeedField, FeedMapping, FeedSettings, ValueMapping};

/// The readers' settings; what is not as it should be was refused when it was saved.
#[must_use]
pub fn for_reading(of: &FeedSettings, lang: &str) -> Settings {
    let currency = Currency::new(&of.currency).unwrap_or(Currency::EUR);
    let shop_url = of.shop_url.as_deref().and_then(|url| Url::parse(url).ok());
    Settings::new(currency, Lang::of_tag(lang))
        .with_shop_url(shop_url)
        .with_tax_rate(of.tax_rate.and_then(TaxRate::of_hundredths))
        .with_mapping(of.mapping.as_ref().map(to_mapping))
}

/// How a feed is read under these settings: the same number comes to the same products.
#[must_use]
pub fn reading(of: &FeedSettings, lang: &str) -> u64 {
    for_reading(of, lang).seed()
}

/// The wire's mapping as the readers take it.
#[must_use]
pub fn to_mapping(of: &FeedMapping) -> Mapping {
    let column =
        |mapped: &ColumnMapping| feed::ColumnMapping { column: mapped.column.clone(), field: to_field(&mapped.field) };
    let value = |value: &ValueMapping| ValueMap {
        column: value.column.clone(),
        from: value.from.clone(),
        to: value.to.clone(),
    };
    Mapping {
        header: of.header.clone(),
        columns: of.columns.iter().map(column).collect(),
        values: of.values.iter().map(value).collect(),
        decimals: of.decimals.map(|mark| match mark {
            DecimalMark::Dot => feed::DecimalMark::Dot,
            DecimalMark::Comma => feed::DecimalMark::Comma,
        }),
        ..Mapping::default()
    }
}

/// Takes a mapping over into settings: its own currency, tax rate and link base go before those there.
#[must_use]
pub fn with_mapping(settings: FeedSettings, of: Mapping) -> FeedSettings {
    FeedSettings {
        currency: of.currency.map_or(settings.currency, |currency| currency.code().to_owned()),
        shop_url: of.link_base.as_ref().map(ToString::to_string).or(settings.shop_url),
        tax_rate: of.tax_rate.map(TaxRate::hundredths).or(settings.tax_rate),
        mapping: says_something(&of).then(|| of_mapping(of)),
    }
}

/// A mapping that corrects nothing is none.
fn says_something(of: &Mapping) -> bool {
    !of.columns.is_empty() || !of.values.is_empty() || of.decimals.is_some()
}

fn of_mapping(of: Mapping) -> FeedMapping {
    let column = |mapped: feed::ColumnMapping| ColumnMapping { column: mapped.column, field: of_field(mapped.field) };
    FeedMapping {
        header: of.header,
        columns: of.columns.into_iter().map(column).collect(),
        values: of
            .values
            .into_iter()
            .map(|value| ValueMapping { column: value.column, from: value.from, to: value.to })
            .collect(),
        decimals: of.decimals.map(|mark| match mark {
            feed::DecimalMark::Dot => DecimalMark::Dot,
            feed::DecimalMark::Comma => DecimalMark::Comma,
        }),
    }
}

macro_rules! fields {
    ($($name:ident),+ $(,)?) => {
        fn to_field(field: &FeedField) -> Field {
            match field {
                $(FeedField::$name {} => Field::$name,)+
                FeedField::Option { name } => Field::Option { name: name.clone() },
                FeedField::Attribute { name } => Field::Attribute { name: name.clone() },
            }
        }

        /// What a column gives, as it travels.
        #[must_use]
        pub fn of_field(field: Field) -> FeedField {
            match field {
                $(Field::$name => FeedField::$name {},)+
                Field::Option { name } => FeedField::Option { name },
                Field::Attribute { name } => FeedField::Attribute { name },
            }
        }
    };
}

fields!(
    Id,
    Group,
    Sku,
    Title,
    Description,
    Summary,
    Brand,
    Category,
    SubCategory,
    Price,
    PriceWithoutTax,
    SalePrice,
    SaleDates,
    RegularPrice,
    Currency,
    Availability,
    Stock,
    Gtin,
    Mpn,
    Link,
    Image,
    MoreImages,
    Tags,
    Published,
    Similar,
    Complementary,
    Ignore,
    AsRecognised,
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_survives_the_way_to_the_wire_and_back() {
        let json = br#"{
            "header": ["Ref", "Prix"],
            "columns": [{"column": "Ref", "field": "sku"}, {"column": "Prix", "field": "attribute", "name": "tarif"}],
            "values": [{"column": "Ref", "from": "a", "to": ["b", "c"]}],
            "decimals": "comma"
        }"#;
        let mapping = Mapping::of_json(json).unwrap();
        assert_eq!(to_mapping(&of_mapping(mapping.clone())), mapping);
    }

    #[test]
    fn what_a_mapping_says_of_the_whole_file_goes_before_the_settings() {
        let settings = FeedSettings { currency: "EUR".into(), shop_url: None, tax_rate: Some(2_000), mapping: None };
        let mapping = Mapping::of_json(br#"{"currency": "CHF", "tax_rate": "8.1", "link_base": "https://b.example/"}"#);
        let merged = with_mapping(settings, mapping.unwrap());
        assert_eq!((merged.currency.as_str(), merged.tax_rate), ("CHF", Some(810)));
        assert_eq!((merged.shop_url.as_deref(), merged.mapping), (Some("https://b.example/"), None));
    }
}
