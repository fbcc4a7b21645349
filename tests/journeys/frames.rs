//! What a browser of ours never sends: refused in words, and the socket kept where it can be.

use comptoir::protocol::frame::{ToVisitor, VisitorFrame};
use comptoir::protocol::{RefusalCode, VisitorCommand};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};
use tokio_tungstenite::tungstenite::protocol::frame::{Frame, FrameHeader};

use crate::desk::{Ended, Line, ORIGIN, TestDesk, command_id};

#[actix_rt::test]
async fn a_malformed_frame_and_an_unknown_command_are_refused_and_the_socket_is_kept() {
    let desk = TestDesk::start().await;
    let mut visitor = desk.visitor().await;
    let id = command_id();
    let cases = [
        ("not json".to_owned(), RefusalCode::Malformed),
        (r#"{"type":"typing"}"#.to_owned(), RefusalCode::Malformed),
        (r#"{"type":"typing","on":true,"more":1}"#.to_owned(), RefusalCode::Malformed),
        (r#"{"type":"dance"}"#.to_owned(), RefusalCode::UnknownCommand),
        ("[".repeat(2000), RefusalCode::Malformed),
    ];
    for (text, code) in cases {
        visitor.line.send_text(text.clone()).await;
        assert_eq!(visitor.until_fault().await.code, code, "{text:.40}");
    }
    let unknown = format!(r#"{{"type":"command","id":"{id}","command":{{"type":"dance"}}}}"#);
    visitor.line.send_text(unknown).await;
    let refusal = visitor.until_ack(id).await.unwrap_err();
    assert_eq!(refusal.code, RefusalCode::UnknownCommand);
    assert!(refusal.message.starts_with("There is no such command."), "{}", refusal.message);

    visitor.say("Bonjour").await;
    visitor.until_text("Bonjour").await;
    assert_eq!(visitor.texts(), ["Bonjour"]);
    desk.quit().await;
}

#[actix_rt::test]
async fn a_text_too_long_empty_or_with_a_nul_is_refused_and_nothing_begins() {
    let desk = TestDesk::start().await;
    let mut visitor = desk.visitor().await;
    let texts = [
        ("é".repeat(8 * 1024) + "x", RefusalCode::TextTooLong, "The message is longer than 16 KiB."),
        ("  \n ".to_owned(), RefusalCode::EmptyText, "The message is empty."),
        ("a\0b".to_owned(), RefusalCode::ForbiddenCharacter, "The text contains a NUL character."),
    ];
    for (text, code, sentence) in texts {
        let refusal = visitor.is_refused(VisitorCommand::PostMessage { text }).await;
        assert_eq!((refusal.code, refusal.message.as_str()), (code, sentence));
    }
    assert!(visitor.events.is_empty() && visitor.conversation.is_none());

    let longest = "é".repeat(8 * 1024);
    visitor.say(&longest).await;
    visitor.until_text(&longest).await;
    assert_eq!(visitor.texts(), [longest]);
    desk.quit().await;
}

#[actix_rt::test]
async fn a_frame_too_large_a_fragment_and_bytes_close_the_socket_with_their_codes() {
    let desk = TestDesk::start().await;
    let fragment = {
        let header = FrameHeader { is_final: false, opcode: OpCode::Data(Data::Text), ..FrameHeader::default() };
        Message::Frame(Frame::from_payload(header, "{".into()))
    };
    let cases =
        [(Message::text("x".repeat(64 * 1024 + 1)), 1009), (Message::binary(vec![1, 2, 3]), 1003), (fragment, 1003)];
    for (message, code) in cases {
        let mut visitor = desk.visitor().await;
        visitor.line.send_raw(message).await;
        assert_eq!(visitor.until_end().await, Ended::Closed(code));
    }
    desk.quit().await;
}

#[actix_rt::test]
async fn whoever_says_no_hello_or_comes_from_elsewhere_is_turned_away() {
    let desk = TestDesk::start().await;
    let hello = |site: &str| VisitorFrame::Hello {
        site: site.to_owned(),
        tab: "tab".into(),
        lang: "fr".into(),
        token: None,
        test: None,
    };
    let key = desk.site.key.clone();
    let (ping, large) = (VisitorFrame::Ping {}, hello(&"k".repeat(1024)));
    let cases = [
        (ORIGIN, &ping, Some(RefusalCode::Malformed), 1008),
        (ORIGIN, &hello("nobody"), Some(RefusalCode::NotFound), 1008),
        ("https://evil.example", &hello(&key), Some(RefusalCode::OriginRefused), 1008),
        ("null", &hello(&key), Some(RefusalCode::OriginRefused), 1008),
        (ORIGIN, &large, None, 1009),
    ];
    for (origin, frame, refused, code) in cases {
        let mut line = Line::open(desk.address(), "/w/v1/socket", origin).await;
        line.send(frame).await;
        if let Some(refused) = refused {
            let fault: ToVisitor = line.next().await.unwrap();
            assert!(matches!(&fault, ToVisitor::Fault { refusal } if refusal.code == refused), "{origin}: {fault:?}");
            let closing: ToVisitor = line.next().await.unwrap();
            assert!(matches!(closing, ToVisitor::Closing { .. }), "{closing:?}");
        }
        let ended = line.next::<ToVisitor>().await.unwrap_err();
        assert_eq!(ended, Ended::Closed(code), "{origin}");
    }
    desk.quit().await;
}

#[actix_rt::test]
async fn a_visitor_who_sends_too_fast_is_told_when_to_send_again() {
    let desk = TestDesk::limited(|limits| {
        limits.visitor_burst = 3;
        limits.visitor_per_second = 1;
    })
    .await;
    let mut visitor = desk.visitor().await;
    for n in 0..3 {
        visitor.say(&format!("{n}")).await;
    }
    let refusal = visitor.is_refused(VisitorCommand::PostMessage { text: "trop".into() }).await;
    assert_eq!(refusal.code, RefusalCode::TooFast);
    assert!(refusal.retry_ms.is_some_and(|wait| (1..=1000).contains(&wait)), "{refusal:?}");
    visitor.until_text("2").await;
    assert_eq!(visitor.texts().len(), 3);
    desk.quit().await;
}
