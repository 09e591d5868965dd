"""Numbers that are put into a list and added up: the list of their derivatives is written as it is."""

import numpy as np


def action(theta: float, omega: float, n: int):
    state = np.array([theta, omega])
    energies = []
    for _ in range(n):
        angle, speed = state
        state = state + 0.1 * np.array([speed, -np.sin(angle)])
        energies.append(0.5 * speed**2 - np.cos(angle))
    return sum(energies)


# ---- gradient of action --------------------------------------------------------------------------
# at: action(0.7, 0.4, 3)
# at: action(-0.4, 1.5, 1)
# at: action(1.3, 0.8, 0)
import math

import numpy as np


def action_grad(theta: float, omega: float, n: int, d_out=1.0):
    """Derivatives of action with respect to theta, omega."""
    state = np.array([theta, omega])
    saved = []
    for _ in range(n):
        angle, speed = state
        state = state + 0.1 * np.array([speed, -np.sin(angle)])
        saved.append((angle, speed))
    d_state = np.zeros(2)
    for _ in range(n):
        angle, speed = saved.pop()
        # energies.append(0.5 * speed**2 - np.cos(angle))
        d_speed = speed * d_out
        d_angle = math.sin(angle) * d_out
        # state = state + 0.1 * np.array([speed, -np.sin(angle)])
        d_items = 0.1 * d_state
        d_state = d_state.copy()
        d_speed += d_items[0]
        d_angle -= math.cos(angle) * d_items[1]
        # angle, speed = state
        d_state[0] += d_angle
        d_state[1] += d_speed
    # state = np.array([theta, omega])
    d_theta = d_state[0]
    d_omega = d_state[1]
    return d_theta, d_omega
