package interlock.cli;

import interlock.cli.client.ApiAnswers;
import interlock.cli.terminal.Elapsed;
import interlock.cli.terminal.Table;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/** A table of alternative paths: the actions they replace, when and why they were activated, and their outcomes. */
final class PathTable {
    private PathTable() {}

    static Table of(ApiAnswers.Graph graph, Instant now) {
        Map<String, String> names = graph.names();
        Table table = Table.of("ID", "PATH", "INSTEAD OF", "RANK", "STATE", "ACTIONS", "TOOK", "WHY", "MESSAGE");
        for (ApiAnswers.Path path : graph.paths()) {
            table.row(
                    path.shortId(),
                    path.name(),
                    path.insteadOf(names),
                    String.valueOf(path.rank()),
                    path.state(),
                    String.valueOf(path.actions().size()),
                    Elapsed.text(path.activatedAt(), path.finishedAt(), now),
                    Objects.toString(path.reason(), ""),
                    Objects.toString(path.statusMessage(), ""));
        }
        return table;
    }
}
