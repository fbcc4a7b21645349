//! Journeys through the routes, in process, against a real database in a folder of their own.

mod bot_figures;
mod bot_month;
mod bot_previews;
mod bots;
mod catalog;
mod conversation;
mod documents;
mod house;
mod ledger;
mod matrix;
mod ports;
mod previews;
mod share_previews;
mod sign_in;
mod sites;
mod tabs;
mod updates;
mod widget;

use conversation::{Chat, chat};
use house::{Answer, BOT, Browser, House, PASSWORD, STORE};
