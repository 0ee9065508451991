package interlock.neo4j;

import interlock.applier.PlanGraph.GraphUnavailable;
import interlock.neo4j.database.Transaction;
import interlock.neo4j.database.Transactions;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A database that now and then goes away in the middle of a transaction, before one of its statements. */
public record ShakyTransactions(Transactions graph, Random random) implements Transactions {
    @Override
    public <T extends @Nullable Object> T write(Function<Transaction, T> work) {
        int[] left = {random.nextInt(8) == 0 ? random.nextInt(20) : Integer.MAX_VALUE};
        return graph.write(tx -> work.apply(tx.before(() -> {
            if (left[0]-- == 0) {
                throw new GraphUnavailable("lost in the middle", new IllegalStateException());
            }
        })));
    }

    @Override
    public <T extends @Nullable Object> T read(Function<Transaction, T> work) {
        return graph.read(work);
    }
}
