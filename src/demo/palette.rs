//! The colours of the demo store's pictures and the shades drawn from them.
//!
//! A product's colour decides the wall behind it too, so that a shelf of
//! pictures looks like one family. What is drawn is left to [`super::picture`].

/// A colour as `0xRRGGBB`.
pub(super) type Rgb = u32;

/// A colour that products come in.
#[derive(Debug)]
pub(super) struct Colour {
    /// As the addresses of pictures write it.
    pub key: &'static str,
    pub base: Rgb,
    /// Behind the product, chosen to set it off.
    pub wall: Rgb,
    /// Under it.
    pub floor: Rgb,
}

const fn colour(key: &'static str, base: Rgb, wall: Rgb, floor: Rgb) -> Colour {
    Colour { key, base, wall, floor }
}

pub(super) const PALETTE: [Colour; 14] = [
    colour("ecume", 0xefe9dc, 0xa9c9cb, 0x8fb6ba),
    colour("ardoise", 0x55677c, 0xf0dcc6, 0xe3c8ac),
    colour("corail", 0xe4573a, 0xbfe0df, 0xa5cfcf),
    colour("salicorne", 0x4f8a5b, 0xf6d9cf, 0xeac4b7),
    colour("lagune", 0x2b8c97, 0xf8e2b4, 0xefd197),
    colour("ajonc", 0xe9b32f, 0xc9d9ea, 0xb1c6dc),
    colour("bruyere", 0x96648f, 0xe4ebd0, 0xcfdab4),
    colour("encre", 0x2a4066, 0xf5cfc0, 0xe9b8a6),
    colour("rose", 0xe3a193, 0xd3e4dc, 0xbad3c8),
    colour("sable", 0xd8b682, 0xc3dde4, 0xaacdd6),
    colour("chene", 0xc9985f, 0xcfe0d3, 0xb7cfbd),
    colour("noyer", 0x7d5233, 0xf3dcb8, 0xe6c99c),
    colour("laiton", 0xcfa23f, 0xc5cfe2, 0xaebbd4),
    colour("acier", 0x8796a5, 0xf4d6b9, 0xe6c09c),
];

pub(super) fn find(key: &str) -> Option<&'static Colour> {
    PALETTE.iter().find(|colour| colour.key == key)
}

/// Warm light, cool shadow: pictures of every colour are lit by the same lamp.
const LIGHT: Rgb = 0xfff6e6;
const SHADOW: Rgb = 0x1d1838;

impl Colour {
    pub(super) fn glint(&self) -> Rgb {
        mix(self.base, LIGHT, 18)
    }

    pub(super) fn light(&self) -> Rgb {
        mix(self.base, LIGHT, 38)
    }

    pub(super) fn dark(&self) -> Rgb {
        mix(self.base, SHADOW, 27)
    }

    pub(super) fn deep(&self) -> Rgb {
        mix(self.base, SHADOW, 52)
    }
}

/// Materials that keep their own colour whatever the glaze.
pub(super) const MATERIALS: [(&str, Rgb); 10] = [
    ("ink", 0x20324d),
    ("clay", 0xdcb48a),
    ("claylight", 0xedd0ad),
    ("claydark", 0xb98b62),
    ("wood", 0xc4915a),
    ("woodlight", 0xdcb27e),
    ("wooddark", 0x8f6238),
    ("metal", 0xc9a24b),
    ("metallight", 0xead089),
    ("metaldark", 0x8d7034),
];

/// `percent` of the way from one colour to another, channel by channel.
fn mix(from: Rgb, to: Rgb, percent: u32) -> Rgb {
    let channel = |shift: u32| {
        let (from, to) = ((from >> shift) & 0xff, (to >> shift) & 0xff);
        ((from * (100 - percent) + to * percent + 50) / 100) << shift
    };
    channel(16) | channel(8) | channel(0)
}

pub(super) fn hex(colour: Rgb) -> String {
    format!("#{colour:06x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mixing_meets_both_ends_and_the_middle() {
        assert_eq!(mix(0x102030, 0xf0e0d0, 0), 0x102030);
        assert_eq!(mix(0x102030, 0xf0e0d0, 100), 0xf0e0d0);
        assert_eq!(mix(0x000000, 0xffffff, 50), 0x808080);
        assert_eq!(hex(0x00a0b0), "#00a0b0");
    }
}
