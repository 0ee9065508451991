package interlock.neo4j.database;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.types.MapAccessor;

/** A transaction that runs statements by name. Used by the thread that opened it. */
public final class Transaction {
    private static final Cypher TAKE_GATE = Cypher.of("gate/take");
    private static final Cypher TAKE_LOCK = Cypher.of("lock/take");
    private static final Cypher TURN = Cypher.of("read/turn");

    private final Statements statements;
    private final @Nullable ZonedDateTime now;
    private final List<QueryResult> unread;
    private boolean gateTaken;
    private boolean lockTaken;

    /** Runs statements one after the other. */
    @FunctionalInterface
    public interface Statements {
        /** {@return the rows of a statement} They may arrive later. */
        QueryResult run(String text, Map<String, @Nullable Object> parameters);
    }

    /**
     * A lock that a transaction holds.
     *
     * @param number greater than all that were given under this lock before
     * @param at when it was taken, by the clock that tells the times that are stored
     */
    public record Taken(long number, Instant at) {}

    private Transaction(Statements statements, @Nullable ZonedDateTime now, List<QueryResult> unread) {
        this.unread = unread;
        this.statements = statements;
        this.now = now;
    }

    /**
     * {@return the result of the work, after all of its statements were executed}
     *
     * @param clock the source of stored times, if not the database's clock
     */
    public static <T extends @Nullable Object> T run(
            Statements statements, Optional<InstantSource> clock, Function<Transaction, T> work) {
        Transaction transaction = new Transaction(
                statements,
                clock.map(source -> source.instant().atZone(ZoneOffset.UTC)).orElse(null),
                new ArrayList<>());
        try {
            return work.apply(transaction);
        } finally {
            // reports the first failure, which explains later ones
            transaction.unread.forEach(QueryResult::consume);
        }
    }

    /**
     * {@return the same transaction, with a callback before each statement} An exception of the callback rolls the
     * transaction back.
     */
    public Transaction before(Runnable each) {
        Transaction watched = new Transaction(
                (text, parameters) -> {
                    each.run();
                    return statements.run(text, parameters);
                },
                now,
                unread);
        watched.gateTaken = gateTaken;
        return watched;
    }

    /** Waits until no other transaction changes a state, and blocks such transactions until this one ends. */
    public void takeGate() {
        if (lockTaken) {
            throw new IllegalStateException("a transaction that holds a lock does not take the gate");
        }
        if (!gateTaken) {
            send(TAKE_GATE, Map.of());
            gateTaken = true;
        }
    }

    /** {@return the latest visible commit sequence number} */
    public long turn() {
        return run(TURN, Map.of()).single().get("turn").asLong();
    }

    /** Waits until no other transaction holds the lock, and holds it until this one ends. */
    public Taken take(Lock lock) {
        if (gateTaken || lockTaken) {
            throw new IllegalStateException("a transaction holds either the gate or one lock");
        }
        lockTaken = true;
        MapAccessor row = run(TAKE_LOCK, Map.of("name", lock.nodeName())).single();
        return new Taken(
                row.get("number").asLong(), row.get("now").asZonedDateTime().toInstant());
    }

    /** {@return the rows of a statement} Its parameter {@code now} is added unless it is given. */
    public QueryResult run(Cypher cypher, Map<String, ?> parameters) {
        return statements.run(cypher.text(), withNow(parameters));
    }

    Map<String, @Nullable Object> withNow(Map<String, ?> parameters) {
        Map<String, @Nullable Object> all = new HashMap<>();
        all.put("now", now);
        all.putAll(parameters);
        return all;
    }

    /**
     * Runs a statement whose rows are not needed. Its failure is reported by a later statement, or at the end of the
     * transaction at the latest.
     */
    public void send(Cypher cypher, Map<String, ?> parameters) {
        unread.add(run(cypher, parameters));
    }
}
