//! Journeys through the routes, in process, against a real database in a folder of their own.

mod house;
mod ports;
mod sign_in;
mod sites;

use house::{Browser, House, PASSWORD};
