package interlock.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What a virtual machine on this computer says of itself. */
final class Vitals implements AutoCloseable {
    private final JMXConnector connector;
    private final OperatingSystemMXBean process;
    private final List<MemoryPoolMXBean> heap = new ArrayList<>();

    private Vitals(JMXConnector connector) throws IOException, MalformedObjectNameException {
        this.connector = connector;
        MBeanServerConnection beans = connector.getMBeanServerConnection();
        process = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME, OperatingSystemMXBean.class);
        for (ObjectName name : beans.queryNames(
                new ObjectName(ManagementFactory.MEMORY_POOL_MXBEAN_DOMAIN_TYPE + ",*"), null)) {
            MemoryPoolMXBean pool =
                    ManagementFactory.newPlatformMXBeanProxy(beans, name.toString(), MemoryPoolMXBean.class);
            if (pool.getType() == MemoryType.HEAP) {
                heap.add(pool);
            }
        }
    }

    static Vitals of(long pid) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            String address = machine.startLocalManagementAgent();
            machine.detach();
            return new Vitals(JMXConnectorFactory.connect(new JMXServiceURL(address)));
        } catch (IOException e) {
            throw new UncheckedIOException("process %d does not tell how it is".formatted(pid), e);
        } catch (AttachNotSupportedException | MalformedObjectNameException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return how much CPU the process has used} */
    Duration cpu() {
        return Duration.ofNanos(process.getProcessCpuTime());
    }

    /** {@return how much CPU this process has used} */
    static Duration ownCpu() {
        return Duration.ofNanos(
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime());
    }

    /** Forgets how full the heap has been. */
    void resetPeakHeap() {
        heap.forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    /** {@return what the heap's pools held at their fullest, in bytes} Not all at the same time, perhaps. */
    long peakHeap() {
        return heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
