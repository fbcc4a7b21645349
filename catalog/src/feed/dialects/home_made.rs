//! The words by which people name the columns of a file made by hand, English and French.
//!
//! Longer names match by their beginning where nothing matches whole, so that what must
//! not be taken (`prix d achat`) stands here too.

use crate::feed::dialect::{Meaning, Meaning as M};

#[rustfmt::skip]
pub(in crate::feed) const HOME_MADE: &[(&str, Meaning)] = &[
    ("id", M::Id), ("product id", M::Id), ("identifiant", M::Id), ("code produit", M::Id), ("item group id", M::Group),
    ("sku", M::Sku), ("variant sku", M::Sku), ("reference", M::Sku), ("ref", M::Sku), ("ugs", M::Sku),
    ("code article", M::Sku), ("reference produit", M::Sku), ("reference article", M::Sku), ("ref article", M::Sku),
    ("ref produit", M::Sku), ("item number", M::Sku), ("article number", M::Sku), ("product code", M::Sku), ("item code", M::Sku),
    ("part number", M::Sku), ("code", M::Sku), ("n article", M::Sku),
    ("title", M::Title), ("name", M::Title), ("product name", M::Title), ("nom", M::Title), ("titre", M::Title),
    ("designation", M::Title), ("denomination", M::Title), ("libelle", M::Title), ("nom du produit", M::Title),
    ("produit", M::Title), ("article", M::Title), ("post title", M::Title), ("intitule", M::Title), ("product title", M::Title),
    ("item name", M::Title), ("product", M::Title), ("item", M::Title), ("nom produit", M::Title), ("nom de l article", M::Title),
    ("description", M::Description), ("body html", M::Description), ("descriptif", M::Description),
    ("post content", M::Description), ("long description", M::Description), ("description longue", M::Description),
    ("details", M::Description), ("post excerpt", M::Summary), ("excerpt", M::Summary), ("descriptif court", M::Summary),
    ("summary", M::Summary), ("resume", M::Summary), ("description courte", M::Summary), ("short description", M::Summary),
    ("price", M::Price), ("regular price", M::Price), ("variant price", M::Price), ("price tax included", M::Price),
    ("prix", M::Price), ("prix ttc", M::Price), ("tarif", M::Price), ("tarif regulier", M::Price), ("prix de vente", M::Price),
    ("prix de vente ttc", M::Price), ("prix public", M::Price), ("pvc", M::Price), ("prix ttc eur", M::Price),
    ("prix eur", M::Price), ("prix unitaire", M::Price), ("pu", M::Price), ("prix normal", M::Price), ("prix catalogue", M::Price),
    ("unit price", M::Price), ("list price", M::Price), ("retail price", M::Price), ("rrp", M::Price), ("selling price", M::Price),
    ("prix vente", M::Price), ("pv", M::Price), ("pvp", M::Price), ("montant", M::Price),
    ("sale price", M::SalePrice), ("special price", M::SalePrice), ("prix promo", M::SalePrice),
    ("tarif promo", M::SalePrice), ("prix remise", M::SalePrice), ("prix solde", M::SalePrice),
    ("prix promotionnel", M::SalePrice), ("prix en promo", M::SalePrice), ("promo", M::SalePrice), ("promotion", M::SalePrice),
    ("discount price", M::SalePrice), ("discounted price", M::SalePrice), ("promo price", M::SalePrice), ("offer price", M::SalePrice),
    ("prix barre", M::ComparePrice), ("compare at price", M::ComparePrice), ("prix avant remise", M::ComparePrice),
    ("ancien prix", M::ComparePrice), ("old price", M::ComparePrice), ("was price", M::ComparePrice),
    ("debut promo", M::SaleFrom), ("date debut promo", M::SaleFrom), ("promo du", M::SaleFrom), ("sale price from", M::SaleFrom),
    ("sale starts", M::SaleFrom), ("sale start", M::SaleFrom), ("sale from", M::SaleFrom), ("fin promo", M::SaleUntil),
    ("date fin promo", M::SaleUntil), ("promo au", M::SaleUntil), ("sale ends", M::SaleUntil), ("sale end", M::SaleUntil),
    ("sale until", M::SaleUntil), ("sale price until", M::SaleUntil), ("sale price effective date", M::SaleDates),
    ("currency", M::Currency), ("devise", M::Currency), ("monnaie", M::Currency),
    ("stock", M::Stock), ("qty", M::Stock), ("quantity", M::Stock), ("inventory", M::Stock), ("quantite", M::Stock),
    ("qte", M::Stock), ("qte dispo", M::Stock), ("inventaire", M::Stock), ("quantite disponible", M::Stock),
    ("qte stock", M::Stock), ("qte en stock", M::Stock), ("quantite en stock", M::Stock), ("stock disponible", M::Stock),
    ("stock quantity", M::Stock), ("quantity in stock", M::Stock), ("stock level", M::Stock), ("on hand", M::Stock),
    ("availability", M::Availability), ("in stock", M::Availability), ("disponibilite", M::Availability),
    ("en stock", M::Availability), ("etat", M::Availability), ("dispo", M::Availability), ("disponible", M::Availability),
    ("stock status", M::Availability), ("statut du stock", M::Availability), ("etat du stock", M::Availability), ("available", M::Availability),
    ("category", M::Category), ("categories", M::Category), ("product category", M::Category), ("product type", M::Category),
    ("categorie", M::Category), ("famille", M::Category), ("rayon", M::Category), ("univers", M::Category),
    ("type", M::Category), ("collection", M::Category), ("department", M::Category), ("tax product cat", M::Category),
    ("type de produit", M::Category), ("arborescence", M::Category), ("category path", M::Category),
    ("sous famille", M::SubCategory), ("sous categorie", M::SubCategory), ("subcategory", M::SubCategory),
    ("sub category", M::SubCategory), ("sous rayon", M::SubCategory), ("sous famille produit", M::SubCategory),
    ("brand", M::Brand), ("vendor", M::Brand), ("manufacturer", M::Brand), ("marque", M::Brand), ("fabricant", M::Brand),
    ("marque produit", M::Brand), ("maker", M::Brand), ("tax product brand", M::Brand), ("editeur", M::Brand),
    ("link", M::Link), ("url", M::Link), ("product url", M::Link), ("lien", M::Link), ("adresse", M::Link),
    ("url produit", M::Link), ("permalink", M::Link), ("lien produit", M::Link), ("page produit", M::Link), ("product link", M::Link),
    ("page", M::Link), ("site web", M::Link), ("web page", M::Link),
    ("image", M::Image), ("image link", M::Image), ("image src", M::Image), ("image url", M::Image), ("photo", M::Image),
    ("visuel", M::Image), ("url image", M::Image), ("images", M::MoreImages), ("photos", M::MoreImages),
    ("lien image", M::Image), ("lien photo", M::Image), ("url photo", M::Image), ("photo url", M::Image), ("picture", M::Image),
    ("image principale", M::Image), ("main image", M::Image), ("visuels", M::MoreImages), ("gallery", M::MoreImages), ("galerie", M::MoreImages),
    ("color", M::Choice), ("colour", M::Choice), ("size", M::Choice), ("material", M::Choice),
    ("couleur", M::Choice), ("coloris", M::Choice), ("taille", M::Choice), ("pointure", M::Choice), ("matiere", M::Choice),
    ("shoe size", M::Choice), ("tailles", M::Choice), ("couleurs", M::Choice), ("variante", M::Choice), ("variant", M::Choice),
    ("gtin", M::Gtin), ("ean", M::Gtin), ("ean13", M::Gtin), ("upc", M::Gtin), ("isbn", M::Gtin), ("barcode", M::Gtin),
    ("code barres", M::Gtin), ("code barre", M::Gtin), ("gencod", M::Gtin), ("ean 13", M::Gtin), ("code ean", M::Gtin), ("gencode", M::Gtin), ("ean code", M::Gtin), ("mpn", M::Mpn),
    ("reference fournisseur", M::Mpn), ("ref fournisseur", M::Mpn), ("reference fabricant", M::Mpn), ("ref fabricant", M::Mpn),
    ("manufacturer part number", M::Mpn),
    ("tags", M::Tags), ("etiquettes", M::Tags), ("tax product tag", M::Tags), ("tag", M::Tags), ("mots cles", M::Tags), ("keywords", M::Tags),
    ("published", M::Published), ("publie", M::Published), ("actif", M::Published), ("active", M::Published),
    ("status", M::Status), ("statut", M::Status), ("post status", M::Status), ("en ligne", M::Published), ("visible", M::Published),
    ("online", M::Published),
    ("upsells", M::Similar), ("similar products", M::Similar), ("produits similaires", M::Similar), ("cross sells", M::Complementary),
    ("crosssellproducts", M::Complementary), ("compatiblewith", M::Complementary), ("accessories", M::Complementary),
    ("accessoires", M::Complementary), ("produits associes", M::Complementary), ("produits complementaires", M::Complementary),
    // What the shop itself pays is nobody else's business.
    ("cost", M::Ignored), ("cost price", M::Ignored), ("purchase price", M::Ignored), ("wholesale price", M::Ignored),
    ("prix d achat", M::Ignored), ("prix achat", M::Ignored), ("prix de revient", M::Ignored), ("marge", M::Ignored),
    ("margin", M::Ignored), ("supplier", M::Ignored), ("fournisseur", M::Ignored),
    ("prix fournisseur", M::Ignored), ("supplier price", M::Ignored), ("price cost", M::Ignored), ("nom fournisseur", M::Ignored),
    ("nom du fournisseur", M::Ignored), ("code fournisseur", M::Ignored), ("id fournisseur", M::Ignored), ("dealer price", M::Ignored),
    // What is counted in something else than pieces, or is not the product's own.
    ("prix au kg", M::Ignored), ("prix au kilo", M::Ignored), ("prix au litre", M::Ignored), ("prix au metre", M::Ignored),
    ("price per", M::Ignored), ("stock min", M::Ignored), ("stock minimum", M::Ignored), ("stock alerte", M::Ignored),
    ("stock d alerte", M::Ignored), ("stock securite", M::Ignored), ("low stock", M::Ignored), ("code douanier", M::Ignored),
    ("code tva", M::Ignored), ("code postal", M::Ignored), ("tax class", M::Ignored), ("image alt", M::Ignored), ("image position", M::Ignored),
    ("image alt text", M::Ignored), ("title tag", M::Ignored), ("type de tva", M::Ignored), ("promo active", M::Ignored),
];

/// The meaning of the longest known name with which this one begins. Names of a word that
/// begins many others (`id`, `code`, `type`) must match whole.
pub(in crate::feed) fn by_beginning(bare: &str) -> Option<Meaning> {
    HOME_MADE
        .iter()
        .filter(|(name, _)| !WHOLE_ONLY.contains(name))
        .filter(|(name, _)| bare.strip_prefix(name).is_some_and(|rest| rest.starts_with(' ')))
        .max_by_key(|(name, _)| name.len())
        .map(|(_, meaning)| *meaning)
}

const WHOLE_ONLY: &[&str] = &[
    "id", "code", "type", "page", "item", "pu", "pv", "pvp", "ref", "product", "produit", "article", "visible",
    "variant", "promo", "nom", "name", "active", "actif", "etat", "status", "statut", "online", "details", "on hand",
];
