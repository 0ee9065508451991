package interlock.neo4j.advance;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.neo4j.driver.types.MapAccessor;

/**
 * The pending work of an applier.
 *
 * @param now the time of the check, by the database's clock
 * @param held whether the applier is still a member
 * @param running the number of its running actions in the graph
 * @param aborting whether some of them must be aborted
 * @param lost whether another applier's lease has expired
 * @param beginning whether a plan was started and may begin
 * @param changing whether a change of all actions of a plan is unfinished
 * @param due whether an action's wait has ended
 * @param expired whether the deadline of an action that waits for another attempt has passed
 * @param overdue whether the deadline of a running plan has passed
 * @param contended whether an action waits for a resource
 * @param freed whether a resource that an action waits for has free units
 * @param holding whether an alternative path can be opened
 * @param rollingBack whether a plan waits to be rolled back
 * @param quiet whether such a plan has no running actions
 * @param undecided whether an action waits for a decision by its trigger rule
 * @param ready whether an action can be claimed
 * @param nextDue the end of the next wait of an action or a plan, or the next deadline, if there is one
 */
public record Opening(
        ZonedDateTime now,
        boolean held,
        int running,
        boolean aborting,
        boolean lost,
        boolean beginning,
        boolean changing,
        boolean due,
        boolean expired,
        boolean overdue,
        boolean contended,
        boolean freed,
        boolean holding,
        boolean rollingBack,
        boolean quiet,
        boolean undecided,
        boolean ready,
        Optional<Instant> nextDue) {
    static Opening of(MapAccessor row) {
        return new Opening(
                row.get("now").asZonedDateTime(),
                row.get("held").asBoolean(),
                row.get("running").asInt(),
                row.get("aborting").asBoolean(),
                row.get("lost").asBoolean(),
                row.get("beginning").asBoolean(),
                row.get("changing").asBoolean(),
                row.get("due").asBoolean(),
                row.get("expired").asBoolean(),
                row.get("overdue").asBoolean(),
                row.get("contended").asBoolean(),
                row.get("freed").asBoolean(),
                row.get("holding").asBoolean(),
                row.get("rollingBack").asBoolean(),
                row.get("quiet").asBoolean(),
                row.get("undecided").asBoolean(),
                row.get("ready").asBoolean(),
                Optional.of(row.get("nextDue"))
                        .filter(due -> !due.isNull())
                        .map(due -> due.asZonedDateTime().toInstant()));
    }

    /** {@return whether an advance would find work} */
    public boolean hasWork() {
        return aborting || lost || beginning || changing || due || expired || overdue || freed || holding || quiet
                || undecided || ready;
    }
}
