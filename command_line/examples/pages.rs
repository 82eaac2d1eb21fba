//! The manual pages and the completions of shells, made of the command line's own definition into a folder:
//! `cargo run --package exodus-command-line --example pages -- FOLDER`

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use clap_complete::{Shell, generate_to};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args_os().nth(1).ok_or("into which folder?")?);
    fs::create_dir_all(&folder)?;
    let mut command = exodus_command_line::definition();
    for shell in [Shell::Bash, Shell::Fish, Shell::Zsh] {
        generate_to(shell, &mut command, "exodus", &folder)?;
    }
    // `exodus help` is typed; nobody looks it up.
    let command = exodus_command_line::definition().disable_help_subcommand(true);
    let command = command.mut_subcommand("clearing", |clearing| clearing.disable_help_subcommand(true));
    clap_mangen::generate_to(command, &folder)?;
    Ok(())
}
