package interlock.neo4j.advance;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.neo4j.driver.types.MapAccessor;

/**
 * What there is to do for an applier.
 *
 * @param now when it was looked, by the database's clock
 * @param held whether the applier is still a member
 * @param running how many actions it runs, by the graph's account
 * @param aborting whether some of them are to be aborted
 * @param lost whether another applier's lease has run out
 * @param beginning whether a plan was started
 * @param changing whether a change of all actions of a plan goes on
 * @param due whether an action has waited for its time
 * @param contended whether an action waits for a resource
 * @param freed whether there is some of a resource for which one waits
 * @param holding whether an alternative path can be opened
 * @param rollingBack whether a plan is to be rolled back when nothing of it runs any more
 * @param quiet whether nothing of such a plan runs any more
 * @param ready whether an action may be claimed
 * @param nextDue when the next wait of an action is over, if one waits
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
        boolean contended,
        boolean freed,
        boolean holding,
        boolean rollingBack,
        boolean quiet,
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
                row.get("contended").asBoolean(),
                row.get("freed").asBoolean(),
                row.get("holding").asBoolean(),
                row.get("rollingBack").asBoolean(),
                row.get("quiet").asBoolean(),
                row.get("ready").asBoolean(),
                Optional.of(row.get("nextDue"))
                        .filter(due -> !due.isNull())
                        .map(due -> due.asZonedDateTime().toInstant()));
    }

    /** {@return whether an advance would find anything to do} */
    public boolean hasWork() {
        return aborting || lost || beginning || changing || due || freed || holding || quiet || ready;
    }
}
