package interlock.openstack;

import java.time.InstantSource;
import java.util.function.DoubleSupplier;

/**
 * The injected environment: time, randomness and retry settings.
 *
 * @param chance random numbers from 0 to 1, for the jitter
 * @param patience how often, and for how long, requests are retried
 */
public record Environment(InstantSource clock, DoubleSupplier chance, RetrySettings patience) {}
