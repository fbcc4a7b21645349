//! Journeys through the routes, in process, against a real database in a folder of their own.

mod bots;
mod house;
mod ports;
mod sign_in;
mod sites;
mod widget;

use house::{BOT, Browser, House, PASSWORD, STORE};
