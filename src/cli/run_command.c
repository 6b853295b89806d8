/* SPDX-License-Identifier: MIT */
#include "cli/run_command.h"

#include "report/manifest_read.h"

/* Is an argument left out, and the next one with it? */
static bool takes_away(struct pd_text argument, bool *with_value)
{
    static const char *const valued[] = { "--model", "--preset", "--out" };
    *with_value = false;
    for (size_t i = 0; i < sizeof valued / sizeof *valued; i++) {
        const struct pd_text option = pd_text_of(valued[i]);
        if (pd_text_equal(argument, option)) {
            *with_value = true;
            return true;
        }
        if (pd_text_starts(argument, option) && argument.data[option.length] == '=') return true;
    }
    return pd_text_equal(argument, PD_TEXT("--quiet")) || pd_text_equal(argument, PD_TEXT("--json-log")) ||
           pd_text_equal(argument, PD_TEXT("--show-plan")) || pd_text_equal(argument, PD_TEXT("--all-pairs"));
}

static enum padan_status keep_argument(struct pd_run_command *command, struct pd_arena *arena, struct pd_text argument,
                                       struct padan_error *error)
{
    struct pd_text copy;
    PD_TRY(pd_arena_copy(arena, argument, &copy, error));
    command->arguments[command->n_arguments++] = copy.data;
    return PADAN_OK;
}

static enum padan_status take_arguments(struct pd_run_command *command, struct pd_arena *arena,
                                        const struct pd_node *list, struct padan_error *error)
{
    PD_TRY(pd_arena_allocate(arena, &command->arguments, (list->n_children + 1) * sizeof *command->arguments, error));
    command->is_run = pd_text_equal(list->items[0]->text, PD_TEXT("run"));
    for (size_t i = 0; i < list->n_children; i++) {
        bool with_value = false;
        if (!takes_away(list->items[i]->text, &with_value))
            PD_TRY(keep_argument(command, arena, list->items[i]->text, error));
        i += with_value;
    }
    return PADAN_OK;
}

static enum padan_status take_input(struct pd_run_command *command, struct pd_arena *arena, const struct pd_node *node,
                                    struct padan_error *error)
{
    static const enum pd_digest_kind kinds[] = { PD_DIGEST_SHA256, PD_DIGEST_XXH128 };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const struct pd_node *digest = pd_node_get(node, pd_digest_name(kinds[i]));
        if (pd_node_is_null(digest)) continue;
        struct pd_known_input *input = &command->inputs[command->n_inputs++];
        input->digest_kind = kinds[i];
        return pd_arena_copy(arena, digest->text, &input->digest, error);
    }
    return PADAN_OK;
}

static enum padan_status take_inputs(struct pd_run_command *command, struct pd_arena *arena, const struct pd_node *list,
                                     struct padan_error *error)
{
    if (list == NULL || list->kind != PD_NODE_SEQUENCE) return PADAN_OK;
    PD_TRY(pd_arena_allocate(arena, &command->inputs, (list->n_children + 1) * sizeof *command->inputs, error));
    for (size_t i = 0; i < list->n_children; i++) {
        const struct pd_node *kind = pd_node_get(list->items[i], "kind");
        if (pd_node_is_null(kind) || !pd_text_equal(kind->text, PD_TEXT("source"))) continue;
        PD_TRY(take_input(command, arena, list->items[i], error));
    }
    return PADAN_OK;
}

static enum padan_status take_manifest(struct pd_run_command *command, struct pd_arena *arena, const char *folder,
                                       const struct pd_node *manifest, struct padan_error *error)
{
    const struct pd_node *list = pd_node_get(manifest, "arguments");
    const struct pd_node *directory = pd_node_get(manifest, "directory");
    struct pd_text copy = { NULL, 0 };
    if (list == NULL || list->kind != PD_NODE_SEQUENCE || list->n_children == 0 || pd_node_is_null(directory))
        PD_FAIL(error, PADAN_BAD_INPUT, "%s/manifest.json does not tell the command of the run", folder);
    PD_TRY(pd_arena_copy(arena, directory->text, &copy, error));
    command->directory = copy.data;
    PD_TRY(take_arguments(command, arena, list, error));
    return take_inputs(command, arena, pd_node_get(manifest, "inputs"), error);
}

enum padan_status pd_run_command_read(struct pd_run_command *command, struct pd_arena *arena, const char *folder,
                                      struct padan_error *error)
{
    struct pd_node *root = NULL;
    *command = (struct pd_run_command){ .directory = NULL };
    PD_TRY(pd_manifest_read(arena, folder, &root, error));
    return take_manifest(command, arena, folder, root, error);
}
