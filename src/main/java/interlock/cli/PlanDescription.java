package interlock.cli;

import interlock.cli.client.ApiAnswers;
import interlock.cli.terminal.Elapsed;
import interlock.cli.terminal.Table;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/** A plan as lines of text. */
final class PlanDescription {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private PlanDescription() {}

    static String of(ApiAnswers.Plan plan, Instant now) {
        StringJoiner text = new StringJoiner(System.lineSeparator());
        text.add("name        " + Table.printable(plan.name()));
        text.add("uuid        " + plan.uuid());
        text.add("state       " + plan.shownState());
        Optional.ofNullable(plan.statusMessage())
                .ifPresent(message -> text.add("message     " + Table.printable(message)));
        text.add("progress    " + plan.progress());
        text.add("planner     " + plan.planner());
        text.add("on failure  " + plan.onFailure().toLowerCase(Locale.ROOT));
        text.add("priority    " + plan.priority());
        Optional.ofNullable(plan.notBefore()).ifPresent(begin -> text.add("not before  " + TIME.format(begin)));
        Optional.ofNullable(plan.deadline()).ifPresent(end -> text.add("deadline    " + TIME.format(end)));
        text.add("revision    " + plan.revision());
        text.add("created     %s, %s ago"
                .formatted(TIME.format(plan.createdAt()), Elapsed.between(plan.createdAt(), now)));
        Optional.ofNullable(plan.startedAt()).ifPresent(start -> text.add("started     " + TIME.format(start)));
        Optional.ofNullable(plan.finishedAt())
                .ifPresent(end -> text.add("finished    %s, after %s"
                        .formatted(TIME.format(end), Elapsed.text(plan.startedAt(), end, now))));
        return text.toString();
    }
}
