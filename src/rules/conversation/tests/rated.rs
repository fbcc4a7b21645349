//! A rating after the close, and cards that the bot showed.

use super::*;
use crate::protocol::{RATING_COMMENT_BYTES_MAX, RatingView};

fn rate(rating: u8, comment: &str) -> Command {
    by_visitor(VisitorCommand::Rate { rating, comment: comment.into() })
}

#[test]
fn only_a_rating_that_was_asked_for_and_fits_is_taken() {
    let asked = |rating: Option<RatingScale>| Facts { rating, ..facts() };
    let (five, thumbs) = (asked(Some(RatingScale::Five)), asked(Some(RatingScale::Thumbs)));
    let long = "x".repeat(RATING_COMMENT_BYTES_MAX + 1);
    for (command, facts, code) in [
        (rate(0, ""), &five, RefusalCode::InvalidValue),
        (rate(6, ""), &five, RefusalCode::InvalidValue),
        (rate(3, ""), &thumbs, RefusalCode::InvalidValue),
        (rate(3, &long), &five, RefusalCode::TextTooLong),
        (rate(3, "a\0b"), &five, RefusalCode::ForbiddenCharacter),
        (rate(3, ""), &asked(None), RefusalCode::NotFound),
    ] {
        assert_eq!(decide(&closed(), &command, facts).unwrap_err().code, code, "{command:?}");
    }
    for rating in [1, 5] {
        assert!(decide(&closed(), &rate(rating, " "), &thumbs).is_ok());
    }
}

#[test]
fn the_first_word_of_a_visitor_stands_and_is_asked_for_no_more() {
    let view = || Some(RatingView { ask: "Well?".into(), scale: RatingScale::Five, comment: true });
    let marks = crate::protocol::Marks::default();
    assert_eq!(head(&taken_by("Camille"), marks, view()).rating, None, "nothing is asked before the close");
    assert_eq!(head(&closed(), marks, view()).rating, view());
    let state = after(closed(), &[rate(2, " Slow. "), rate(5, "Another tab")]);
    assert_eq!(state.rated, Some(Rated { rating: 2, comment: "Slow.".into() }));
    assert_eq!(head(&state, marks, view()).rating, None);
    assert_eq!(row(&state, &marks, false).rating, Some(2));
}

#[test]
fn cards_of_the_bot_are_marked_as_those_of_a_comparison_are() {
    let mug = ProductCard { product: ProductId("mug".into()), ..card() };
    let turn = BotTurn { cards: vec![card(), mug], ..turn("Here you are.") };
    let shown = Command::Server(ServerCommand::Answer(Box::new(BotAnswer {
        answers: 4,
        turn: Some(turn),
        ..BotAnswer::default()
    })));
    let state = after(with_bot(), &[says("tea"), shown]);
    let card = state.latest_turn;
    let mark = |mark, product: Option<&str>| {
        by_visitor(VisitorCommand::MarkCard { card, mark, product: product.map(|id| ProductId(id.into())) })
    };
    let state = after(state, &[mark(CardMark::Seen, None), mark(CardMark::Opened, Some("mug"))]);
    let known = &state.cards[0];
    assert_eq!((known.seq, known.seen, known.opened), (card, true, false));
    let opened: Vec<(&str, bool)> = known.compared.iter().map(|one| (one.product.0.as_str(), one.opened)).collect();
    assert_eq!(opened, [("tea", false), ("mug", true)]);
    let refused = decide(&state, &mark(CardMark::Opened, Some("pot")), &facts()).unwrap_err();
    assert_eq!(refused.code, RefusalCode::NoSuchCard);
}
