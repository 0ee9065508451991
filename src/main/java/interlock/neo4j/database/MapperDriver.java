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
 * The driver of the object mapper. It runs all statements of the object mapper in the transaction of the caller, and neither begins nor
 * ends a transaction. So the object mapper has the time-outs and retries of the driver's managed transactions.
 */
final class MapperDriver extends BoltDriver {
    private static final ScopedValue<TransactionContext> CURRENT = ScopedValue.newInstance();

    MapperDriver(Driver driver) {
        super(driver);
        // the converters of the fields return values of the driver; the mapper's own conversion does not support times
        parameterConversion = parameters -> parameters;
    }

    /** {@return the result of {@code work}, during which the object mapper uses the transaction} */
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

    /** The other methods do nothing: the caller ends its transaction; until then it is open. */
    private static @Nullable Object nothing(Method method) {
        return method.getReturnType() == boolean.class ? true : null;
    }

    /** The implementation of a method. */
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
