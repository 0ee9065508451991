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

/** A transaction in which statements are run by name. Used by the thread that opened it. */
public final class Transaction {
    private static final Cypher TAKE_GATE = Cypher.of("gate/take");
    private static final Cypher TAKE_LOCK = Cypher.of("lock/take");

    private final Statements statements;
    private final @Nullable ZonedDateTime now;
    private final List<QueryResult> unread;
    private boolean gateTaken;
    private boolean lockTaken;

    /** What runs statements, one after the other. */
    @FunctionalInterface
    public interface Statements {
        /** {@return the rows of a statement} They need not be there yet. */
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
     * {@return what the work returns, when all of its statements have been carried out}
     *
     * @param clock what tells the times that are stored, if not the database's
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
            // what failed first says why what came after it did
            transaction.unread.forEach(QueryResult::consume);
        }
    }

    /** {@return the same transaction, in which something is done before each statement} What that throws undoes the transaction. */
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

    /** Waits until no other transaction changes a state, and keeps others from it until this one ends. */
    public void takeGate() {
        if (lockTaken) {
            throw new IllegalStateException("a transaction that holds a lock does not take the gate");
        }
        if (!gateTaken) {
            send(TAKE_GATE, Map.of());
            gateTaken = true;
        }
    }

    /** Waits until no other transaction holds the lock, and holds it until this one ends. */
    public Taken take(Lock lock) {
        if (gateTaken || lockTaken) {
            throw new IllegalStateException("a transaction holds the gate, or one lock");
        }
        lockTaken = true;
        MapAccessor row = run(TAKE_LOCK, Map.of("name", lock.nodeName())).single();
        return new Taken(
                row.get("number").asLong(), row.get("now").asZonedDateTime().toInstant());
    }

    /** {@return the rows of a statement} Its parameter {@code now} is set, unless it is among those given. */
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
     * Runs a statement whose rows nobody asks for. That it fails is told by a later one, or at the transaction's end
     * at the latest.
     */
    public void send(Cypher cypher, Map<String, ?> parameters) {
        unread.add(run(cypher, parameters));
    }
}
