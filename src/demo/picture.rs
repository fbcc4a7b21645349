//! Pictures of the demo store, drawn for this project and never photographed.
//!
//! `demo/pictures` holds one drawing a kind of product, with blanks where its
//! colours go; here they are mixed, lit and set before a wall. Which pictures
//! exist is decided by the catalog: see [`Gallery`].

use std::collections::BTreeMap;
use std::fmt::Write;

use super::goods::Product;
use super::html::fill;
use super::palette::{self, Colour, MATERIALS, hex};

/// How a product meets the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stance {
    /// On a floor, with its shadow; half the shadow's width.
    Stands(u32),
    /// On a wall, or seen from above.
    Hangs,
}

/// A drawing and how it sits in its frame.
#[derive(Debug)]
struct Kind {
    name: &'static str,
    drawing: &'static str,
    stance: Stance,
    /// Percent of the drawing's own size; small things are brought nearer.
    scale: u32,
}

macro_rules! kinds {
    ($($name:literal $stance:expr, $scale:literal;)*) => {
        [$(Kind {
            name: $name,
            drawing: include_str!(concat!("../../demo/pictures/", $name, ".svg")),
            stance: $stance,
            scale: $scale,
        }),*]
    };
}

use Stance::{Hangs, Stands};

const KINDS: [Kind; 64] = kinds! {
    "mug" Stands(170), 118;
    "espresso" Stands(230), 112;
    "bowl" Stands(170), 112;
    "plate" Stands(170), 108;
    "teapot" Stands(190), 110;
    "jug" Stands(150), 106;
    "saladbowl" Stands(210), 106;
    "board" Stands(190), 108;
    "butterdish" Stands(220), 110;
    "trivet" Hangs, 108;
    "domelamp" Stands(170), 108;
    "desklamp" Stands(220), 110;
    "pendant" Hangs, 104;
    "floorlamp" Stands(180), 100;
    "candlestick" Stands(220), 98;
    "lantern" Stands(180), 106;
    "candle" Stands(210), 112;
    "notebook" Stands(170), 106;
    "pencilpot" Stands(160), 112;
    "pentray" Hangs, 116;
    "clock" Hangs, 108;
    "bookends" Stands(235), 112;
    "tidecalendar" Hangs, 100;
    "stool" Stands(210), 106;
    "towel" Hangs, 104;
    "apron" Hangs, 106;
    "cushion" Stands(205), 112;
    "throw" Stands(220), 114;
    "tote" Stands(190), 108;
    "vase" Stands(150), 96;
    "planter" Stands(160), 106;
    "wateringcan" Stands(170), 106;
    "birdhouse" Hangs, 108;
    "budvase" Stands(210), 106;
    "soupplate" Stands(200), 106;
    "eggcup" Stands(200), 106;
    "peppermill" Stands(130), 106;
    "tumbler" Stands(200), 106;
    "carafe" Stands(150), 106;
    "ovendish" Stands(225), 106;
    "sugarbowl" Stands(170), 106;
    "cutlery" Hangs, 106;
    "sconce" Hangs, 106;
    "garland" Hangs, 106;
    "nightlight" Stands(180), 106;
    "tealight" Stands(200), 106;
    "deskpad" Hangs, 106;
    "basket" Stands(160), 106;
    "ruler" Hangs, 106;
    "poster" Hangs, 106;
    "shelf" Hangs, 106;
    "paperweight" Stands(200), 106;
    "tablecloth" Stands(190), 106;
    "napkin" Stands(200), 106;
    "bathtowel" Hangs, 106;
    "beanie" Stands(205), 106;
    "stripedtop" Hangs, 106;
    "socks" Hangs, 106;
    "scarf" Stands(180), 106;
    "windowbox" Stands(230), 106;
    "secateurs" Hangs, 106;
    "gloves" Hangs, 106;
    "hammock" Stands(215), 106;
    "feeder" Hangs, 106;
};

/// Side of a picture, in its own units.
const SIDE: u32 = 600;
/// Where things touch the ground.
const GROUND: u32 = 500;

/// A product placed in a scene.
#[derive(Debug, Clone, Copy)]
struct Placed {
    kind: &'static str,
    colour: &'static str,
    /// Where its middle touches the ground.
    x: i32,
    y: i32,
    scale: u32,
}

const fn placed(kind: &'static str, colour: &'static str, x: i32, y: i32, scale: u32) -> Placed {
    Placed { kind, colour, x, y, scale }
}

/// A still life without a wall, to stand on a coloured part of a page.
struct Scene {
    name: &'static str,
    width: u32,
    height: u32,
    things: &'static [Placed],
}

const SCENES: [Scene; 6] = [
    Scene {
        name: "home",
        width: 1200,
        height: 720,
        things: &[
            placed("domelamp", "corail", 284, 610, 104),
            placed("plate", "encre", 530, 596, 78),
            placed("vase", "ajonc", 940, 612, 108),
            placed("teapot", "lagune", 706, 640, 86),
            placed("bowl", "corail", 1052, 664, 52),
            placed("mug", "encre", 486, 664, 52),
            placed("candle", "rose", 868, 676, 42),
        ],
    },
    Scene {
        name: "0",
        width: 700,
        height: 460,
        things: &[
            placed("jug", "encre", 190, 400, 76),
            placed("teapot", "corail", 420, 416, 66),
            placed("mug", "ajonc", 580, 428, 44),
        ],
    },
    Scene {
        name: "1",
        width: 700,
        height: 460,
        things: &[
            placed("domelamp", "salicorne", 230, 408, 86),
            placed("lantern", "encre", 470, 416, 66),
            placed("candle", "corail", 606, 428, 40),
        ],
    },
    Scene {
        name: "2",
        width: 700,
        height: 460,
        things: &[
            placed("bookends", "encre", 256, 408, 82),
            placed("pencilpot", "corail", 506, 420, 62),
            placed("notebook", "ajonc", 612, 432, 46),
        ],
    },
    Scene {
        name: "3",
        width: 700,
        height: 460,
        things: &[
            placed("throw", "lagune", 226, 410, 80),
            placed("tote", "encre", 560, 412, 70),
            placed("cushion", "corail", 400, 430, 58),
        ],
    },
    Scene {
        name: "4",
        width: 700,
        height: 460,
        things: &[
            placed("planter", "corail", 210, 410, 82),
            placed("wateringcan", "encre", 452, 420, 66),
            placed("budvase", "lagune", 606, 430, 50),
        ],
    },
];

/// Every picture that a page or a product card may ask for, by its path.
#[derive(Debug)]
pub(super) struct Gallery(BTreeMap<String, String>);

impl Gallery {
    /// Draws what the products need: each variant, its detail, the colours together.
    pub(super) fn draw(products: &[Product]) -> Self {
        let mut pictures = BTreeMap::new();
        for product in products {
            let Some(kind) = find_kind(&product.kind) else { continue };
            for variant in &product.variants {
                let Some(colour) = palette::find(&variant.colour_key) else { continue };
                let small = variant.picture.ends_with("-s.svg");
                pictures.insert(variant.picture.clone(), portrait(kind, colour, small, false));
                pictures.insert(variant.detail.clone(), portrait(kind, colour, small, true));
            }
            pictures.insert(together_path(&product.kind), together(kind, &product.colour_keys()));
        }
        for scene in &SCENES {
            pictures.insert(scene_path(scene.name), still_life(scene));
        }
        for colour in &palette::PALETTE {
            pictures.insert(swatch_path(colour.key), swatch(colour));
        }
        Self(pictures)
    }

    pub(super) fn find(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }
}

pub(super) fn swatch_path(colour_key: &str) -> String {
    format!("/img/swatch/{colour_key}.svg")
}

pub(super) fn scene_path(name: &str) -> String {
    format!("/img/scene/{name}.svg")
}

pub(super) fn together_path(kind: &str) -> String {
    format!("/img/{kind}/together.svg")
}

fn find_kind(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}

/// One product before its wall; the detail is the same scene seen from nearer.
fn portrait(kind: &Kind, colour: &Colour, small: bool, detail: bool) -> String {
    let scale = if small { kind.scale * 78 / 100 } else { kind.scale };
    let mut body = room(colour, kind.stance);
    let y = match kind.stance {
        Stands(half) => {
            body.push_str(&shadow(312, GROUND as i32, half * scale / 100));
            GROUND as i32
        }
        // What hangs grows around the middle of the frame, not up from a floor.
        Hangs => 300 + (GROUND as i32 - 300) * scale as i32 / 100,
    };
    body.push_str(&thing(kind, colour, "a", (300, y), scale));
    let view = if detail { "150 190 300 300" } else { "0 0 600 600" };
    svg(view, &body)
}

/// Up to three colours side by side.
fn together(kind: &Kind, keys: &[&str]) -> String {
    let colours: Vec<&Colour> = keys.iter().filter_map(|key| palette::find(key)).take(3).collect();
    let Some(first) = colours.first() else { return svg("0 0 600 600", "") };
    let (scale, spots): (u32, &[(i32, i32)]) = match colours.len() {
        1 => (76, &[(300, 490)]),
        2 => (62, &[(168, 440), (424, 530)]),
        _ => (54, &[(142, 424), (458, 424), (300, 554)]),
    };
    let mut body = room(first, kind.stance);
    for (order, (colour, &(x, y))) in colours.iter().zip(spots).enumerate() {
        if let Stands(half) = kind.stance {
            body.push_str(&shadow(x + 8, y, half * scale / 100));
        }
        body.push_str(&thing(kind, colour, &format!("t{order}"), (x, y), scale));
    }
    svg("0 0 600 600", &body)
}

fn still_life(scene: &Scene) -> String {
    let mut body = String::new();
    for (order, placed) in scene.things.iter().enumerate() {
        let (Some(kind), Some(colour)) = (find_kind(placed.kind), palette::find(placed.colour)) else {
            continue;
        };
        if let Stands(half) = kind.stance {
            body.push_str(&shadow(placed.x + 8, placed.y, half * placed.scale / 100));
        }
        body.push_str(&thing(kind, colour, &format!("s{order}"), (placed.x, placed.y), placed.scale));
    }
    svg(&format!("0 0 {} {}", scene.width, scene.height), &body)
}

fn swatch(colour: &Colour) -> String {
    let body = format!(
        r##"<circle cx="12" cy="12" r="11" fill="{}"/><circle cx="12" cy="12" r="10.5" fill="none" stroke="#1d1838" stroke-opacity=".25"/>"##,
        hex(colour.base)
    );
    svg("0 0 24 24", &body)
}

fn svg(view_box: &str, body: &str) -> String {
    format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view_box}">{body}</svg>"#)
}

fn room(colour: &Colour, stance: Stance) -> String {
    let wall = hex(colour.wall);
    let mut room = format!(r#"<rect width="{SIDE}" height="{SIDE}" fill="{wall}"/>"#);
    if let Stands(_) = stance {
        let floor = hex(colour.floor);
        // Writing to a String cannot fail, here and below.
        let _ = write!(room, r#"<rect y="420" width="{SIDE}" height="180" fill="{floor}"/>"#);
    }
    room
}

fn shadow(x: i32, y: i32, half_width: u32) -> String {
    let half_height = half_width / 9;
    format!(r##"<ellipse cx="{x}" cy="{y}" rx="{half_width}" ry="{half_height}" fill="#1d1838" opacity=".2"/>"##)
}

/// The drawing with its blanks filled, its foot at `at`. `prefix` keeps the
/// names of its gradients apart from those of its neighbours.
fn thing(kind: &Kind, colour: &Colour, prefix: &str, at: (i32, i32), scale: u32) -> String {
    let drawing = fill(kind.drawing, |name| match name {
        "n" => Some(prefix.to_owned()),
        other => shade(colour, other).map(hex),
    });
    let (x, y) = at;
    format!(
        r#"<g transform="translate({x} {y}) scale({}.{:02}) translate(-300 -{GROUND})"><defs>{}</defs>{drawing}</g>"#,
        scale / 100,
        scale % 100,
        paints(colour, prefix),
    )
}

fn shade(colour: &Colour, name: &str) -> Option<palette::Rgb> {
    match name {
        "base" => Some(colour.base),
        "light" => Some(colour.light()),
        "dark" => Some(colour.dark()),
        "deep" => Some(colour.deep()),
        "wall" => Some(colour.wall),
        "floor" => Some(colour.floor),
        material => MATERIALS.iter().find(|(known, _)| *known == material).map(|(_, rgb)| *rgb),
    }
}

/// The gradients that drawings refer to: `b` a lit body, `v` the same from
/// above, `r` a ball, `clay`, `clayr`, `w` wood, `m` brass, `shade` lit linen,
/// `g` the glow of a lamp.
fn paints(colour: &Colour, prefix: &str) -> String {
    let material = |name: &str| shade(colour, name).map(hex).unwrap_or_default();
    let (light, base, dark) = (hex(colour.light()), hex(colour.base), hex(colour.dark()));
    let (clay, clay_light, clay_dark) = (material("clay"), material("claylight"), material("claydark"));
    let across = r#"x2="1" y2="0""#;
    [
        linear(prefix, "b", across, &[(0, &hex(colour.glint())), (22, &light), (50, &base), (100, &dark)]),
        linear(prefix, "v", r#"x2="0" y2="1""#, &[(0, &light), (40, &base), (100, &dark)]),
        linear(prefix, "clay", across, &[(0, "#e6c39c"), (25, &clay_light), (55, &clay), (100, &clay_dark)]),
        linear(prefix, "w", across, &[(0, &material("woodlight")), (50, &material("wood")), (100, &material("wooddark"))]),
        linear(prefix, "m", across, &[(0, &material("metallight")), (50, &material("metal")), (100, &material("metaldark"))]),
        linear(prefix, "shade", across, &[(0, "#fff0c9"), (50, "#fbe3ae"), (100, "#dfbf85")]),
        ball(prefix, "r", &light, &base, &dark),
        ball(prefix, "clayr", &clay_light, &clay, &clay_dark),
        format!(
            r##"<radialGradient id="{prefix}g"><stop offset="0" stop-color="#fff3c4" stop-opacity=".85"/><stop offset="1" stop-color="#fff3c4" stop-opacity="0"/></radialGradient>"##
        ),
    ]
    .concat()
}

fn linear(prefix: &str, name: &str, direction: &str, stops: &[(u32, &str)]) -> String {
    let mut gradient = format!(r#"<linearGradient id="{prefix}{name}" x1="0" y1="0" {direction}>"#);
    for (percent, colour) in stops {
        let _ = write!(gradient, r#"<stop offset="{percent}%" stop-color="{colour}"/>"#);
    }
    gradient.push_str("</linearGradient>");
    gradient
}

fn ball(prefix: &str, name: &str, light: &str, base: &str, dark: &str) -> String {
    format!(
        r#"<radialGradient id="{prefix}{name}" cx=".36" cy=".3" r=".8"><stop offset="0" stop-color="{light}"/><stop offset=".55" stop-color="{base}"/><stop offset="1" stop-color="{dark}"/></radialGradient>"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::goods::Goods;
    use crate::demo::words::Language;

    #[test]
    fn every_variant_has_its_picture_with_nothing_left_blank() {
        let goods = Goods::load(Language::French).expect("the demo catalog");
        let gallery = Gallery::draw(&goods.products);

        for product in &goods.products {
            for variant in &product.variants {
                for path in [&variant.picture, &variant.detail] {
                    assert!(gallery.find(path).is_some(), "`{path}` is not drawn");
                }
            }
        }
        for (path, picture) in &gallery.0 {
            assert!(!picture.contains("{{"), "`{path}` has a blank left");
            assert!(picture.len() < 40_000, "`{path}` weighs {} bytes", picture.len());
        }
    }

    #[test]
    fn every_scene_finds_its_things() {
        for placed in SCENES.iter().flat_map(|scene| scene.things) {
            assert!(find_kind(placed.kind).is_some(), "no drawing `{}`", placed.kind);
            assert!(palette::find(placed.colour).is_some(), "no colour `{}`", placed.colour);
        }
    }

    #[test]
    fn names_of_gradients_do_not_meet_in_one_picture() {
        for scene in &SCENES {
            let picture = still_life(scene);
            let mut seen = std::collections::BTreeSet::new();
            for (place, _) in picture.match_indices(" id=\"") {
                let name = picture.get(place + 5..).and_then(|rest| rest.split('"').next());
                assert!(seen.insert(name), "`{name:?}` twice in `{}`", scene.name);
            }
        }
    }
}
