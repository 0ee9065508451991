package interlock.neo4j.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Session;
import org.neo4j.driver.TransactionConfig;

/**
 * A driver for the object mapper. The object mapper lets nobody say how long its transactions may last: those that it
 * begins with this driver have a time-out all the same.
 */
final class TimedDriver {
    private TimedDriver() {}

    /** {@return the same driver, whose sessions begin their transactions as {@code timed} says when they do} */
    static Driver of(Driver driver, Supplier<TransactionConfig> timed) {
        return (Driver) Proxy.newProxyInstance(
                TimedDriver.class.getClassLoader(), new Class<?>[] {Driver.class}, (_, method, arguments) -> {
                    Object result = call(driver, method, arguments);
                    return result instanceof Session session ? of(session, timed) : result;
                });
    }

    private static Session of(Session session, Supplier<TransactionConfig> timed) {
        return (Session) Proxy.newProxyInstance(
                TimedDriver.class.getClassLoader(),
                new Class<?>[] {Session.class},
                (_, method, arguments) -> method.getName().equals("beginTransaction")
                        ? session.beginTransaction(timed.get())
                        : call(session, method, arguments));
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
