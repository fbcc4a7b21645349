//! The command line; [`comptoir::cli`] has one file a command.

fn main() -> std::process::ExitCode {
    comptoir::cli::run()
}
