package interlock.openstack;

import java.time.InstantSource;
import java.util.function.DoubleSupplier;

/**
 * What is handed in from outside: time, chance, and how long to be patient.
 *
 * @param clock what time it is
 * @param chance random numbers from 0 to 1, for the jitter
 * @param patience how often, and for how long, a request is sent again
 */
public record Environment(InstantSource clock, DoubleSupplier chance, RetrySettings patience) {}
