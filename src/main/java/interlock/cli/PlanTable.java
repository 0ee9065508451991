package interlock.cli;

import interlock.cli.client.ApiAnswers;
import interlock.cli.terminal.Elapsed;
import interlock.cli.terminal.ProgressBar;
import interlock.cli.terminal.StateMark;
import interlock.cli.terminal.Table;
import interlock.cli.terminal.TerminalStyle;
import interlock.cli.terminal.Text;
import java.time.Instant;
import java.util.List;

/** A table of plans. Terminals get short ids and progress bars; files and pipes get whole uuids and no decoration. */
final class PlanTable {
    private static final int BAR = 12;

    private PlanTable() {}

    static Table of(List<ApiAnswers.Plan> plans, TerminalStyle style, Instant now) {
        if (!style.terminal()) {
            Table table = Table.of("ID", "NAME", "STATE", "PROGRESS", "AGE", "TOOK");
            plans.forEach(plan -> table.row(
                    plan.uuid(),
                    plan.name(),
                    plan.shownState(),
                    plan.progress().summary(),
                    age(plan, now),
                    took(plan, now)));
            return table;
        }
        Table table = Table.of("ID", "NAME", "STATE", "", "PROGRESS", "AGE", "TOOK")
                .dispensable(3, 6, 5)
                .flexible(16, 1);
        for (ApiAnswers.Plan plan : plans) {
            table.row(
                    Text.of(plan.shortId()),
                    Text.of(Table.printable(plan.name())),
                    Text.of(StateMark.of(plan.state(), plan.paused(), plan.rolledBack()), plan.shownState(), style),
                    ProgressBar.of(plan.progress(), BAR, style),
                    Text.of(plan.progress().summary()),
                    Text.of(age(plan, now)),
                    Text.of(took(plan, now)));
        }
        return table;
    }

    private static String age(ApiAnswers.Plan plan, Instant now) {
        return Elapsed.between(plan.createdAt(), now).rounded();
    }

    private static String took(ApiAnswers.Plan plan, Instant now) {
        return Elapsed.text(plan.startedAt(), plan.finishedAt(), now);
    }
}
