"""An object that is made in the function: its attributes are names, its methods stand where they are called."""

import math


class Circuit:
    def __init__(self, resistance, capacity):
        self.resistance = resistance
        self.capacity = capacity

    @property
    def time(self):
        return self.resistance * self.capacity

    def voltage(self, t):
        return 1 - math.exp(-t / self.time)


def charged(t: float, resistance: float, capacity: float):
    circuit = Circuit(resistance, capacity)
    return circuit.capacity * circuit.voltage(t)


# ---- gradient of charged, wrt t, resistance, capacity ---------------------------------------------
# at: charged(0.7, 1.2, 0.8)
# at: charged(1.7, 0.2, 2.8)
import math


def charged_grad(t: float, resistance: float, capacity: float, d_out=1.0):
    """Derivatives of charged with respect to t, resistance, capacity."""
    exp_ratio = math.exp(-t / (resistance * capacity))
    # return circuit.capacity * circuit.voltage(t)
    d_capacity = (1 - exp_ratio) * d_out
    # return 1 - math.exp(-t / self.time)
    d_num = -exp_ratio * capacity * d_out / (resistance * capacity)
    d_den = t / (resistance * capacity) * d_num
    # return self.resistance * self.capacity
    d_resistance = capacity * d_den
    d_capacity += resistance * d_den
    # return 1 - math.exp(-t / self.time)
    d_t = -d_num
    return d_t, d_resistance, d_capacity
