package interlock.neo4j.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Session;
import org.neo4j.driver.TransactionContext;
import org.neo4j.ogm.drivers.bolt.driver.BoltDriver;
import org.neo4j.ogm.drivers.bolt.transaction.BoltTransaction;
import org.neo4j.ogm.transaction.Transaction;
import org.neo4j.ogm.transaction.TransactionManager;

/**
 * What the object mapper takes for its driver. It begins and ends no transactions: all that the object mapper asks is asked in the
 * transaction in which the caller works, which so has a time-out, is tried again, and may run statements beside.
 */
final class MapperDriver extends BoltDriver {
    private static final ScopedValue<TransactionContext> CURRENT = ScopedValue.newInstance();

    MapperDriver(Driver driver) {
        super(driver);
        // converters of the entities' fields have made values of what the driver takes; the mapper's own way knows no
        // times
        parameterConversion = parameters -> parameters;
    }

    /** {@return what {@code work} returns} The object mapper asks in the transaction meanwhile. */
    static <T extends @Nullable Object> T within(TransactionContext transaction, Supplier<T> work) {
        return ScopedValue.where(CURRENT, transaction).<T, RuntimeException>call(work::get);
    }

    @Override
    public Function<TransactionManager, BiFunction<Transaction.Type, Iterable<String>, Transaction>>
            getTransactionFactorySupplier() {
        return manager -> (type, _) -> new BoltTransaction(manager, session(CURRENT.get()), type);
    }

    private static Session session(TransactionContext transaction) {
        return proxy(Session.class, (method, _) -> switch (method.getName()) {
            case "beginTransaction" -> transaction(transaction);
            case "lastBookmarks" -> Set.of();
            default -> nothing(method);
        });
    }

    private static org.neo4j.driver.Transaction transaction(TransactionContext transaction) {
        return proxy(
                org.neo4j.driver.Transaction.class,
                (method, arguments) ->
                        method.getName().equals("run") ? call(transaction, method, arguments) : nothing(method));
    }

    /** Whoever began the transaction ends it; until then it is open. */
    private static @Nullable Object nothing(Method method) {
        return method.getReturnType() == boolean.class ? true : null;
    }

    /** What a call of a method comes to. */
    private interface Call {
        @Nullable
        Object of(Method method, @Nullable Object @Nullable [] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                MapperDriver.class.getClassLoader(),
                new Class<?>[] {type},
                (_, method, arguments) -> call.of(method, arguments)));
    }

    private static @Nullable Object call(Object of, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(of, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
