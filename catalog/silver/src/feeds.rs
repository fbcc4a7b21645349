//! Products to the bytes of a feed: Google's columns, or what a French shop keeps in a spreadsheet.
//!
//! Written with the quoting that spreadsheets use. Paragraphs and list entries of
//! a description go out as HTML, as shops export them.

use std::io::{self, BufWriter, Write};

use comptoir_catalog::model::{Availability, Money, Product, Variant};

const GOOGLE: &str = "id,item_group_id,title,description,link,image_link,availability,quantity,price,sale_price,brand,\
    gtin,product_type,style,color,size,material,crosssellproducts,similarproducts";
const FRENCH: &str = "Référence;Désignation;Descriptif;Prix TTC;Prix promo;Quantité;Disponibilité;Marque;Famille;\
    Sous-famille;Style;Couleur;Matière;Taille;EAN;Lien;Photo;Produits complémentaires;Produits similaires";

/// Writes a Google-style CSV, one row a variant. Answers how many rows were written.
///
/// # Errors
/// When it cannot be written.
pub fn google_feed(products: impl Iterator<Item = Product>, out: &mut impl Write) -> io::Result<u64> {
    let mut out = BufWriter::with_capacity(1 << 20, out);
    let mut row = Row::new(b',');
    writeln!(out, "{GOOGLE}")?;
    let mut rows = 0;
    for product in products {
        let group = if product.variants.len() > 1 { product.id.as_str() } else { "" };
        let html = html(&product.description);
        for variant in &product.variants {
            row.cell(variant.sku.as_str());
            row.cell(group);
            row.cell(&product.title);
            row.cell(&html);
            common(&mut row, &product, variant);
            row.end(&mut out)?;
            rows += 1;
        }
    }
    out.flush()?;
    Ok(rows)
}

fn common(row: &mut Row, product: &Product, variant: &Variant) {
    row.cell(product.link.as_deref().unwrap_or_default());
    row.cell(variant.image.as_deref().unwrap_or_default());
    row.cell(match variant.availability {
        Availability::InStock => "in_stock",
        Availability::OutOfStock => "out_of_stock",
        Availability::Preorder => "preorder",
        Availability::Backorder => "backorder",
        Availability::Unknown => "",
    });
    row.cell(&variant.stock.map_or_else(String::new, |stock| stock.to_string()));
    let price = variant.price;
    row.cell(&price.map_or_else(String::new, |price| price.regular.to_string()));
    row.cell(&price.and_then(|price| price.sale).map_or_else(String::new, |sale| sale.price.to_string()));
    row.cell(product.brand.as_deref().unwrap_or_default());
    row.cell(variant.gtin.as_ref().map_or("", |gtin| gtin.as_str()));
    row.cell(&product.categories.first().map_or_else(String::new, |path| path.join(" > ")));
    for name in ["style", "color", "size", "material"] {
        row.cell(property(product, variant, name));
    }
    row.cell(&product.complementary.join(","));
    row.cell(&product.similar.join(","));
}

/// Writes what a French shop keeps in a spreadsheet: semicolons, decimal commas.
/// Answers how many rows were written.
///
/// # Errors
/// When it cannot be written.
pub fn french_feed(products: impl Iterator<Item = Product>, out: &mut impl Write) -> io::Result<u64> {
    let mut out = BufWriter::with_capacity(1 << 20, out);
    let mut row = Row::new(b';');
    writeln!(out, "{FRENCH}")?;
    let mut rows = 0;
    for product in products {
        for variant in &product.variants {
            row.cell(variant.sku.as_str());
            row.cell(&product.title);
            row.cell(&html(&product.description));
            let price = variant.price;
            row.cell(&price.map_or_else(String::new, |price| french_money(price.regular)));
            row.cell(&price.and_then(|price| price.sale).map_or_else(String::new, |sale| french_money(sale.price)));
            row.cell(&variant.stock.map_or_else(String::new, |stock| stock.to_string()));
            row.cell(match variant.availability {
                Availability::InStock => "en stock",
                Availability::OutOfStock => "rupture",
                Availability::Preorder => "précommande",
                Availability::Backorder => "sur commande",
                Availability::Unknown => "",
            });
            row.cell(product.brand.as_deref().unwrap_or_default());
            let path = product.categories.first().map(Vec::as_slice).unwrap_or_default();
            let (leaf, above) = path.split_last().map_or(("", path), |(leaf, above)| (leaf.as_str(), above));
            row.cell(&above.join(" > "));
            row.cell(leaf);
            for name in ["Style", "Couleur", "Matière", "Taille"] {
                row.cell(property(&product, variant, name));
            }
            row.cell(variant.gtin.as_ref().map_or("", |gtin| gtin.as_str()));
            row.cell(product.link.as_deref().unwrap_or_default());
            row.cell(product.images.first().map_or("", String::as_str));
            row.cell(&product.complementary.join(","));
            row.cell(&product.similar.join(","));
            row.end(&mut out)?;
            rows += 1;
        }
    }
    out.flush()?;
    Ok(rows)
}

/// `1 299,90 €`, with the no-break spaces that French spreadsheets write.
fn french_money(money: Money) -> String {
    let (whole, rest) = (money.minor / 100, money.minor % 100);
    if whole >= 1_000 {
        format!("{}\u{202f}{:03},{rest:02}\u{a0}€", whole / 1_000, whole % 1_000)
    } else {
        format!("{whole},{rest:02}\u{a0}€")
    }
}

/// A choice of the variant, else a property of the product.
fn property<'p>(product: &'p Product, variant: &'p Variant, name: &str) -> &'p str {
    let chosen = variant.options.iter().find(|option| option.name == name).map(|option| option.value.as_str());
    let said = || product.attributes.iter().find(|attribute| attribute.name == name)?.values.first();
    chosen.or_else(|| said().map(String::as_str)).unwrap_or_default()
}

fn html(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 64);
    for (number, line) in text.lines().enumerate() {
        let (open, close) = match number {
            0 => ("<p>", "</p>"),
            1 => ("<ul><li>", "</li>"),
            _ => ("<li>", "</li>"),
        };
        html.push_str(open);
        html.push_str(line);
        html.push_str(close);
    }
    if text.contains('\n') {
        html.push_str("</ul>");
    }
    html
}

/// One line being written.
struct Row {
    separator: u8,
    line: Vec<u8>,
}

impl Row {
    fn new(separator: u8) -> Self {
        Self { separator, line: Vec::with_capacity(2_048) }
    }

    fn cell(&mut self, text: &str) {
        let separator = self.separator;
        if text.bytes().any(|byte| byte == separator || matches!(byte, b'"' | b'\n' | b'\r')) {
            self.line.push(b'"');
            self.line.extend_from_slice(text.replace('"', "\"\"").as_bytes());
            self.line.push(b'"');
        } else {
            self.line.extend_from_slice(text.as_bytes());
        }
        self.line.push(separator);
    }

    fn end(&mut self, out: &mut impl Write) -> io::Result<()> {
        if let Some(last) = self.line.last_mut() {
            *last = b'\n';
        }
        out.write_all(&self.line)?;
        self.line.clear();
        Ok(())
    }
}
