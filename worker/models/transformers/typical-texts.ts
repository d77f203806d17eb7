/** A passage of usual length, about 180 tokens of English, to measure speed with. */
export const typicalPassage = `The tenant shall keep the premises in good repair and shall tell the landlord in writing, within fourteen days, of any damage \
that is likely to grow worse if it is left. Where the damage was caused by storm, frost or a burst pipe, the landlord bears the cost of making good the \
structure, the roof and the mains; the tenant bears the cost of furnishings, carpets and whatever was brought into the rooms. A claim must name the rooms, \
the day on which the damage was first seen, and what was done to limit it; photographs may be added. If the parties cannot agree on the sum, a surveyor \
appointed by both inspects the premises and his finding binds them. Until the work is finished the rent is lowered in proportion to the space that cannot \
be used, but by no more than one half, and only for as long as the tenant gives the workmen access at reasonable hours.`;

/** A question of usual length. */
export const typicalQuestion = 'Who pays for repairs after a burst pipe, and how soon must it be reported?';
