package interlock.neo4j.database;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Record;
import org.neo4j.driver.Result;
import org.neo4j.driver.Session;
import org.neo4j.driver.async.AsyncTransactionContext;
import org.neo4j.driver.async.ResultCursor;
import org.neo4j.driver.summary.ResultSummary;
import org.neo4j.ogm.drivers.bolt.driver.BoltDriver;
import org.neo4j.ogm.drivers.bolt.transaction.BoltTransaction;
import org.neo4j.ogm.transaction.Transaction;
import org.neo4j.ogm.transaction.TransactionManager;

/**
 * The driver of the object mapper. It runs all statements of the object mapper in the transaction of the caller, and neither begins nor
 * ends a transaction. So the object mapper has the time-outs and retries of the driver's managed transactions. Each result is complete
 * before the object mapper sees it, so the wait for it has the limit of the caller.
 */
final class MapperDriver extends BoltDriver {
    private static final ScopedValue<Open> CURRENT = ScopedValue.newInstance();

    /** An open transaction, and how long to wait for each result; zero: without limit. */
    private record Open(AsyncTransactionContext transaction, Duration patience) {
        private Result run(String text, Map<String, Object> parameters) {
            return QueryResult.await(QueryResult.within(
                    patience, transaction.runAsync(text, parameters).thenCompose(MapperDriver::whole)));
        }
    }

    MapperDriver(Driver driver) {
        super(driver);
        // the converters of the fields return values of the driver; the mapper's own conversion does not support times
        parameterConversion = parameters -> parameters;
    }

    /**
     * {@return the result of {@code work}, during which the object mapper uses the transaction}
     *
     * @param patience how long to wait for the result of a statement; zero: without limit
     */
    static <T extends @Nullable Object> T within(
            AsyncTransactionContext transaction, Duration patience, Supplier<T> work) {
        return ScopedValue.where(CURRENT, new Open(transaction, patience)).<T, RuntimeException>call(work::get);
    }

    @Override
    public Function<TransactionManager, BiFunction<Transaction.Type, Iterable<String>, Transaction>>
            getTransactionFactorySupplier() {
        return manager -> (type, _) -> new BoltTransaction(manager, session(CURRENT.get()), type);
    }

    private static Session session(Open open) {
        return proxy(Session.class, (method, _) -> switch (method.getName()) {
            case "beginTransaction" -> transaction(open);
            case "lastBookmarks" -> Set.of();
            default -> nothing(method);
        });
    }

    @SuppressWarnings("unchecked") // the object mapper calls run(String, Map<String, Object>)
    private static org.neo4j.driver.Transaction transaction(Open open) {
        return proxy(
                org.neo4j.driver.Transaction.class,
                (method, arguments) -> method.getName().equals("run") && arguments != null
                        ? open.run((String) arguments[0], (Map<String, Object>) arguments[1])
                        : nothing(method));
    }

    private static CompletionStage<Result> whole(ResultCursor cursor) {
        return cursor.listAsync()
                .thenCompose(rows -> cursor.consumeAsync()
                        .thenApply(summary -> result(cursor.keys(), rows.listIterator(), summary)));
    }

    private static Result result(List<String> keys, ListIterator<Record> rows, ResultSummary summary) {
        return proxy(Result.class, (method, _) -> switch (method.getName()) {
            case "keys" -> keys;
            case "hasNext" -> rows.hasNext();
            case "next" -> rows.next();
            case "peek" -> peek(rows);
            case "list" -> rest(rows);
            case "consume" -> summary;
            default -> throw new UnsupportedOperationException("Result." + method.getName());
        });
    }

    private static Record peek(ListIterator<Record> rows) {
        Record next = rows.next();
        rows.previous();
        return next;
    }

    private static List<Record> rest(ListIterator<Record> rows) {
        List<Record> rest = new ArrayList<>();
        rows.forEachRemaining(rest::add);
        return rest;
    }

    /** The other methods do nothing: the caller ends its transaction; until then it is open. */
    private static @Nullable Object nothing(Method method) {
        return method.getReturnType() == boolean.class ? true : null;
    }

    /** The implementation of a method. */
    private interface Call {
        @Nullable
        Object of(Method method, @Nullable Object @Nullable [] arguments);
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                MapperDriver.class.getClassLoader(),
                new Class<?>[] {type},
                (_, method, arguments) -> call.of(method, arguments)));
    }
}
