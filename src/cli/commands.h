/* SPDX-License-Identifier: MIT
 * The commands of the program: each takes its own argc and argv (argv[0] is the command's name) and returns the exit
 * code of CONTRACT 8. */
#ifndef PD_CLI_COMMANDS_H
#define PD_CLI_COMMANDS_H

int pd_command_run(int argc, char **argv);
int pd_command_check(int argc, char **argv);
int pd_command_index(int argc, char **argv);
int pd_command_generate(int argc, char **argv);
int pd_command_block(int argc, char **argv);
int pd_command_dedupe(int argc, char **argv);
int pd_command_link(int argc, char **argv);
int pd_command_train(int argc, char **argv);
int pd_command_evaluate(int argc, char **argv);
int pd_command_explain(int argc, char **argv);
int pd_command_diff(int argc, char **argv);
int pd_command_export(int argc, char **argv);

#endif
