/** On which footing somebody works here. */
export const categories = ['employee', 'trainee', 'visiting', 'student', 'dispatched', 'vendor', 'outsider'];
