package interlock.neo4j;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
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

    /** {@return the same driver, whose sessions begin their transactions with the time-out of {@code timed}} */
    static Driver of(Driver driver, TransactionConfig timed) {
        return (Driver) Proxy.newProxyInstance(
                TimedDriver.class.getClassLoader(), new Class<?>[] {Driver.class}, (_, method, arguments) -> {
                    Object result = call(driver, method, arguments);
                    return result instanceof Session session ? of(session, timed) : result;
                });
    }

    private static Session of(Session session, TransactionConfig timed) {
        return (Session) Proxy.newProxyInstance(
                TimedDriver.class.getClassLoader(),
                new Class<?>[] {Session.class},
                (_, method, arguments) -> method.getName().equals("beginTransaction")
                        ? session.beginTransaction(timed)
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
